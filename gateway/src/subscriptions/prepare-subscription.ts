import type { Log } from '@colloquy/service';
import type { GraphQLSchema } from 'graphql';
import type { Run } from '../executor/run.ts';
import { collectFields, createSelectionReader } from '../executor/shape/selections.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import { createClientErrors } from '../operation/client-errors.ts';
import type { FetchFor } from '../operation/fetch-for.ts';
import { OperationError } from '../operation/operation.ts';
import type { PlannedSubscription } from '../operation/operation-path.ts';
import type { PreparedOperation } from '../operation/prepared-operation.ts';
import { writeResponse } from '../operation/respond.ts';
import { clientName } from '../planner/names.ts';
import type { PreparedSubscription } from './prepared.ts';

/** Makes of a planned subscription one that completes its events with the rest of the plan. Throws OperationError. */
export function createPrepareSubscription(options: {
  fetchFor: FetchFor;
  telemetry: Telemetry;
  log: Log;
}): (planned: PlannedSubscription) => PreparedSubscription {
  const { fetchFor, telemetry, log } = options;
  return ({ operation, plan }) => {
    const { prepared, variables, generation, visible } = operation;
    const { source } = plan;
    if (!source) throw new OperationError([NOTHING_LEFT]);
    const [field = ''] = rootFields(generation.apiSchema, prepared);

    return {
      key: `${generation.id}\n${visible.key}\n${prepared.key}`,
      generation,
      document: prepared.document,
      variables,
      field,
      source: {
        subgraph: source.subgraph,
        query: source.query,
        variables: Object.fromEntries(
          source.variables
            .map((name) => [name, variables[clientName(name)]] as const)
            .filter(([, value]) => value !== undefined),
        ),
      },
      async complete(event, eventContext) {
        const record = telemetry.beginEvent(operation.record);
        const { subgraph } = source;
        const run: Run = {
          data: event.data ?? {},
          variables,
          failures: (event.errors ?? []).map((error) => ({ error, subgraph })),
          plain: event.plain === true,
          ascii: event.ascii === true,
          fetch: fetchFor(eventContext, record),
        };
        await plan.run?.(run);
        const { requestId } = eventContext;
        const mask = createClientErrors({ log, requestId });
        const { json, errors } = writeResponse(run, prepared.shape(visible, variables), {
          errors: operation.errors,
          mask,
        });
        record.finishEvent(errors);
        return json;
      },
    };
  };
}

/** The names of the root fields, of which validation lets one pass. */
function rootFields(schema: GraphQLSchema, { document, definition }: PreparedOperation): string[] {
  const root = schema.getSubscriptionType();
  if (!root) return [];
  const reader = createSelectionReader(schema, document, {});
  return [...collectFields(reader, root, [definition.selectionSet]).values()].flatMap(
    ([node]) => node?.name.value ?? [],
  );
}

const NOTHING_LEFT = {
  message: 'Nothing that this client may see is left of the subscription.',
  extensions: { code: 'FORBIDDEN' },
};
