import { GraphQLError, getOperationAST, Kind, type ValidationRule, validate } from 'graphql';
import type { OperationLimits } from '../config/limits.ts';
import { checkLimits } from '../limits/check-limits.ts';
import { noIntrospection } from '../limits/no-introspection.ts';
import { parseDocument } from '../limits/parse-document.ts';
import { withoutSuggestion } from '../limits/suggestions.ts';
import { type Operation, OperationError } from './operation.ts';
import { operationsOf } from './operation-cache.ts';
import { PreparedOperation } from './prepared-operation.ts';
import { specifiedOperationRules } from './validation-rules.ts';

/** Reports of one operation; a text with thousands of faults is not worth more. */
const MOST_ERRORS = 20;

/** Parses, measures and validates a text, once for as long as it is in use. Throws OperationError. */
export function prepareOperation(options: {
  limits: OperationLimits;
  introspection: boolean;
  suggestions: boolean;
  lookup(hit: boolean): void;
}): (operation: Operation) => void {
  const rules: ValidationRule[] = options.introspection
    ? specifiedOperationRules
    : [...specifiedOperationRules, noIntrospection];

  return (operation) => {
    const { generation, query, request } = operation;
    const name = request.operationName ?? undefined;
    const key = name === undefined ? query : `${name}\n${query}`;
    const operations = operationsOf(generation);
    const known = operations.get(key);
    options.lookup(known !== undefined);
    operation.prepared = known ?? prepare(operation, key, name);
    operation.visible = operation.prepared.whole;
    if (!known) operations.set(key, operation.prepared);
  };

  function prepare({ generation, query, record }: Operation, key: string, name: string | undefined): PreparedOperation {
    const document = refusing(() => parseDocument(query, options.limits.tokens));
    record.mark('parse');
    const excess = checkLimits(document, name, options.limits);
    if (excess) throw refusal([excess]);
    const errors = validate(generation.apiSchema, document, rules, { maxErrors: MOST_ERRORS });
    if (errors.length > 0) throw refusal(errors);
    const definition = getOperationAST(document, name);
    if (!definition) throw refusal([unknownOperation(document.definitions.some(isOperation), name)]);
    const prepared = new PreparedOperation(generation, key, document, definition);
    record.mark('validate');
    return prepared;
  }

  function refusing<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw error instanceof GraphQLError ? refusal([error]) : error;
    }
  }

  function refusal(errors: readonly GraphQLError[]): OperationError {
    return new OperationError(
      errors.map((error) => {
        const { message, locations, extensions } = error.toJSON();
        return {
          message: options.suggestions ? message : withoutSuggestion(message),
          ...(locations && { locations }),
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED', ...extensions },
        };
      }),
    );
  }
}

const isOperation = ({ kind }: { kind: string }) => kind === Kind.OPERATION_DEFINITION;

function unknownOperation(hasOperations: boolean, name: string | undefined): GraphQLError {
  const message = !hasOperations
    ? 'The document has no operation.'
    : name === undefined
      ? 'The document has several operations: operationName must say which one.'
      : `The document has no operation named "${name}".`;
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}
