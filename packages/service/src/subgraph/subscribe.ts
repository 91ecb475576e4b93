import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';

/**
 * Like graphql-js `subscribe`, but each event is executed with a context of its own, made when the event arrives:
 * data loaders in a context that lived as long as the subscription would serve ever older rows.
 */
export async function subscribeWithContextPerEvent(
  args: ExecutionArgs,
  context: () => object | Promise<object>,
): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
  const events = await createSourceEventStream({ ...args, contextValue: await context() });
  if (!(Symbol.asyncIterator in events)) return events;
  return results(events);

  async function* results(source: AsyncIterable<unknown>): AsyncGenerator<ExecutionResult, void, void> {
    for await (const event of source) {
      yield await execute({ ...args, rootValue: event, contextValue: await context() });
    }
  }
}
