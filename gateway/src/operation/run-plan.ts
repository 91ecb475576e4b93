import type { Log } from '@colloquy/service';
import type { GraphQLFormattedError } from 'graphql';
import type { Run } from '../executor/run.ts';
import type { PlanningError } from '../planner/planner.ts';
import { createClientErrors } from './client-errors.ts';
import type { FetchFor } from './fetch-for.ts';
import { type Answer, type Operation, OperationError } from './operation.ts';
import type { ExecutablePlan } from './prepared-operation.ts';
import { writeResponse } from './respond.ts';

export interface Executed {
  readonly answer: Answer;
  readonly errors: readonly GraphQLFormattedError[];
}

/** Finds the plan of an operation, or makes it. Throws OperationError when there is none. */
export async function planOperation(
  operation: Operation,
  options: { log: Log; lookup(hit: boolean): void },
): Promise<ExecutablePlan> {
  const { prepared, visible, generation, record, context } = operation;
  const share = generation.planner.drawShare();
  options.lookup(prepared.isPlanned(visible, share));
  try {
    return await prepared.plan(visible, share);
  } catch (error) {
    const { requestId } = context;
    options.log.error({ err: (error as PlanningError).cause ?? error, requestId }, 'an operation has no plan');
    throw new OperationError(
      [{ message: 'The operation cannot be planned.', extensions: { code: 'NO_PLAN', requestId } }],
      500,
    );
  } finally {
    record.mark('plan');
  }
}

/** Asks the subgraphs and writes the answer. */
export async function runPlan(
  operation: Operation,
  plan: ExecutablePlan,
  options: { fetchFor: FetchFor; log: Log },
): Promise<Executed> {
  const { prepared, visible, variables, context, record } = operation;
  const run: Run = {
    data: prepared.introspect ? prepared.introspect(variables) : {},
    variables,
    failures: [],
    plain: prepared.introspect === undefined,
    ascii: prepared.introspect === undefined,
    fetch: options.fetchFor(context, record),
  };
  await plan.run?.(run);
  const { json, ascii, errors } = writeResponse(run, prepared.shape(visible, variables), {
    errors: operation.errors,
    mask: createClientErrors({ log: options.log, requestId: context.requestId }),
  });
  // Whoever waited for this is old for the garbage collector, and would keep it until the next full collection.
  run.data = {};
  return { answer: { kind: 'answer', json, ascii, status: 200, headers: operation.responseHeaders }, errors };
}
