import { type Log, maskError } from '@colloquy/service';
import { GraphQLError, type GraphQLFormattedError, OperationTypeNode } from 'graphql';
import type { Telemetry } from '../observability/telemetry.ts';
import type { Generation } from '../schema/generation.ts';
import {
  type Answer,
  type Operation,
  type OperationContext,
  OperationError,
  type OperationRequest,
} from './operation.ts';
import type { ExecutablePlan } from './prepared-operation.ts';
import type { Executed } from './run-plan.ts';

type Maybe<T> = T | undefined | Promise<T | undefined>;

/** Fills in its part of the operation, or answers it at once. Throws OperationError to refuse it. */
export type OperationStep = (operation: Operation) => Maybe<Answer> | void | Promise<void>;

export interface OperationPath {
  /** Answers a query or a mutation; what goes wrong is an answer too. */
  run(request: OperationRequest, context: OperationContext): Promise<Answer>;
  /**
   * For connections that carry events: answers as `run` does, but takes a subscription only as far as it can be shared
   * with others. Throws OperationError.
   */
  operate(request: OperationRequest, context: OperationContext): Promise<Answer | PlannedSubscription>;
}

export interface PlannedSubscription {
  readonly kind: 'subscription';
  readonly operation: Operation;
  readonly plan: ExecutablePlan;
}

/** Takes operations through the steps, in their order; then they are planned and run. */
export function createOperationPath(options: {
  steps: readonly OperationStep[];
  plan(operation: Operation): Promise<ExecutablePlan>;
  run(operation: Operation, plan: ExecutablePlan): Promise<Executed>;
  /** Sees each answer that was worked out, such as to keep it. */
  keep: readonly ((operation: Operation, executed: Executed) => void)[];
  /** The schema that operations begin on now. */
  current(): Generation;
  telemetry: Telemetry;
  log: Log;
}): OperationPath {
  const { steps, plan, run, keep, current, telemetry, log } = options;

  function begin(request: OperationRequest, context: OperationContext): Operation {
    // The steps fill in the rest, in the order in which it is read.
    return {
      request,
      context,
      generation: current(),
      record: telemetry.beginOperation(context),
      errors: [],
      responseHeaders: {},
    } as unknown as Operation;
  }

  async function walk(operation: Operation): Promise<Answer | undefined> {
    for (const step of steps) {
      const taken = step(operation);
      const answer = taken instanceof Promise ? await taken : taken;
      if (answer) return answer;
    }
    operation.record.mark('prepare');
    return undefined;
  }

  async function execute(operation: Operation): Promise<Executed> {
    const early = await walk(operation);
    return early ? { answer: early, errors: [] } : executePlan(operation, await plan(operation));
  }

  async function executePlan(operation: Operation, planned: ExecutablePlan): Promise<Executed> {
    const executed = await run(operation, planned);
    for (const each of keep) each(operation, executed);
    return executed;
  }

  async function subscribeOrExecute(
    operation: Operation,
  ): Promise<{ taken: Answer | PlannedSubscription; errors: readonly GraphQLFormattedError[] }> {
    const early = await walk(operation);
    if (early) return { taken: early, errors: [] };
    const planned = await plan(operation);
    if (operation.prepared.definition.operation === OperationTypeNode.SUBSCRIPTION) {
      return { taken: { kind: 'subscription', operation, plan: planned }, errors: [] };
    }
    const { answer, errors } = await executePlan(operation, planned);
    return { taken: answer, errors };
  }

  function refuse(error: unknown, operation: Operation): Executed {
    const { errors, status } = refusalOf(error, { log, requestId: operation.context.requestId });
    const answer: Answer = {
      kind: 'answer',
      json: JSON.stringify({ errors }),
      status,
      headers: operation.responseHeaders,
    };
    return { errors, answer: isOfSpecification(errors) ? { ...answer, legacyStatus: 200 } : answer };
  }

  return {
    async run(request, context) {
      const operation = begin(request, context);
      const { answer, errors } = await execute(operation).catch((error: unknown) => refuse(error, operation));
      operation.record.finish(operation, errors);
      return answer;
    },
    async operate(request, context) {
      const operation = begin(request, context);
      try {
        const { taken, errors } = await subscribeOrExecute(operation);
        operation.record.finish(operation, errors);
        return taken;
      } catch (error) {
        const refusal = refusalOf(error, { log, requestId: context.requestId });
        operation.record.finish(operation, refusal.errors);
        throw refusal;
      }
    },
  };
}

/** What the GraphQL specification itself refuses an operation for; all else are limits and rules of this gateway. */
const SPECIFIED = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
]);

function isOfSpecification(errors: readonly GraphQLFormattedError[]): boolean {
  return errors.every(({ extensions }) => SPECIFIED.has(extensions?.code));
}

/** What the client sees of it when no step gave an answer. */
export function refusalOf(error: unknown, context: { log: Log; requestId: string }): OperationError {
  if (error instanceof OperationError) return error;
  const raised: GraphQLFormattedError = error instanceof GraphQLError ? error.toJSON() : { message: String(error) };
  return new OperationError([maskError(raised, error, context)], 500);
}
