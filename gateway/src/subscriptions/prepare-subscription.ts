import type { Log } from '@colloquy/service';
import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { Run } from '../executor/run.ts';
import { collectFields, createSelectionReader } from '../executor/shape/selections.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import { createClientErrors } from '../operation/client-errors.ts';
import type { FetchFor } from '../operation/fetch-for.ts';
import { OperationError } from '../operation/operation.ts';
import type { OperationPath } from '../operation/operation-path.ts';
import type { PreparedOperation } from '../operation/prepared-operation.ts';
import { writeResponse } from '../operation/respond.ts';
import type { PrepareSubscription } from './prepared.ts';

/** Takes subscriptions through the operation path, and completes their events with the rest of the plan. */
export function createPrepareSubscription(options: {
  path: OperationPath;
  fetchFor: FetchFor;
  telemetry: Telemetry;
  log: Log;
}): PrepareSubscription {
  const { path, fetchFor, telemetry, log } = options;
  return async (request, context) => {
    const { operation, plan } = await path.prepare(request, context);
    const { prepared, variables, generation, visible } = operation;
    const { source } = plan;
    if (!source) throw new OperationError([notASubscription(prepared.definition.operation)]);
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
          source.variables.filter((name) => variables[name] !== undefined).map((name) => [name, variables[name]]),
        ),
      },
      async complete(event, eventContext) {
        const record = telemetry.beginEvent(operation.record);
        const { subgraph } = source;
        const run: Run = {
          data: event.data ?? {},
          variables,
          failures: (event.errors ?? []).map((error) => ({ error, subgraph })),
          fetch: fetchFor(eventContext, record),
        };
        await plan.run?.(run);
        const { requestId } = eventContext;
        const mask = createClientErrors({ log, requestId });
        const { json, errors } = writeResponse(run.data, prepared.shape(visible, variables), {
          errors: operation.errors,
          failures: run.failures,
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

function notASubscription(kind: OperationTypeNode) {
  const message =
    kind === OperationTypeNode.SUBSCRIPTION
      ? 'Nothing that this client may see is left of the subscription.'
      : `Expected a subscription, got a ${kind}.`;
  return { message, extensions: { code: kind === OperationTypeNode.SUBSCRIPTION ? 'FORBIDDEN' : 'BAD_REQUEST' } };
}
