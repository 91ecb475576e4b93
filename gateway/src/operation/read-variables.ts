import { OperationTypeNode } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { type Operation, OperationError } from './operation.ts';

const MOST_ERRORS = 20;
const NONE: Readonly<Record<string, unknown>> = Object.freeze({});

/** Coerces the variables and fills in defaults. Throws OperationError naming each that does not fit. */
export function readVariables(operation: Operation): void {
  const definitions = operation.prepared.definition.variableDefinitions;
  if (!definitions || definitions.length === 0) {
    operation.variables = NONE;
    return;
  }
  const { apiSchema } = operation.generation;
  const given = operation.request.variables ?? {};
  const { coerced, errors } = getVariableValues(apiSchema, definitions, given, { maxErrors: MOST_ERRORS });
  if (errors) {
    throw new OperationError(
      errors.map((error) => {
        const { message, locations, extensions } = error.toJSON();
        return { message, ...(locations && { locations }), extensions: { code: 'BAD_USER_INPUT', ...extensions } };
      }),
    );
  }
  operation.variables = coerced;
}

/** Refuses what the carrier cannot do: a mutation by GET, a subscription where only one answer fits. */
export function checkMethod({ prepared, context }: Operation): void {
  const kind = prepared.definition.operation;
  if (context.readOnly && kind === OperationTypeNode.MUTATION) {
    throw new OperationError([{ message: `A ${kind} needs POST.`, extensions: { code: 'METHOD_NOT_ALLOWED' } }], 405);
  }
  if (!context.streams && kind === OperationTypeNode.SUBSCRIPTION) {
    const message = 'A subscription needs a WebSocket (graphql-transport-ws) or accept: text/event-stream.';
    throw new OperationError([{ message, extensions: { code: 'SUBSCRIPTION_NEEDS_STREAM' } }], 406);
  }
}
