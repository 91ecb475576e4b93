import { type DocumentNode, type FieldNode, GraphQLError, getOperationAST, Kind, type SelectionSetNode } from 'graphql';
import type { OperationLimits } from '../config/limits.ts';
import { measureOperation, type OperationSize } from './measure.ts';

/** No client nests deeper, and walks over the document may recurse this far. */
const MAX_NESTING = 500;

/** Relay gives these aliases, to __typename and to fields of its modules; no other name with __ is a client's. */
const RELAY_ALIAS = /^__(is|module_)/;

type Limit = Exclude<keyof OperationLimits, 'tokens'>;

const CODES: Readonly<Record<Limit, string>> = {
  recursiveSelections: 'MAX_RECURSIVE_SELECTIONS_LIMIT',
  depth: 'MAX_DEPTH_LIMIT',
  rootFields: 'MAX_ROOT_FIELDS_LIMIT',
  aliases: 'MAX_ALIASES_LIMIT',
  directives: 'MAX_DIRECTIVES_LIMIT',
};
const LIMITS = Object.keys(CODES) as Limit[];

/**
 * Says why an operation is not to be validated, let alone run: it is larger than a limit, or has an alias with a name
 * that is reserved. Takes time linear in the text. A document without the operation is left to validation.
 */
export function checkLimits(
  document: DocumentNode,
  operationName: string | null | undefined,
  limits: OperationLimits,
): GraphQLError | undefined {
  const definition = getOperationAST(document, operationName);
  if (!definition) return undefined;
  const size = measureOperation(document, definition);
  return exceeded(size, limits) ?? reservedAlias(document);
}

function exceeded(size: OperationSize, limits: OperationLimits): GraphQLError | undefined {
  const limit = LIMITS.find((name) => size[name] > limits[name]);
  if (limit !== undefined) return limitError(limit, limits[limit]);
  return size.nesting > MAX_NESTING ? limitError('depth', MAX_NESTING) : undefined;
}

/** The error of an operation that is larger than `maximum`. */
export function limitError(limit: Limit, maximum: number): GraphQLError {
  return new GraphQLError(`The operation exceeds the limit of ${maximum} for ${limit}.`, {
    extensions: { code: CODES[limit] },
  });
}

function reservedAlias(document: DocumentNode): GraphQLError | undefined {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const field = findReservedAlias(definition.selectionSet);
    if (!field) continue;
    return new GraphQLError(`The alias "${field.alias?.value}" is reserved: it begins with "__".`, {
      nodes: field,
      extensions: { code: 'RESERVED_ALIAS' },
    });
  }
  return undefined;
}

function findReservedAlias({ selections }: SelectionSetNode): FieldNode | undefined {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD && isReserved(selection.alias?.value)) return selection;
    const inner = 'selectionSet' in selection && selection.selectionSet && findReservedAlias(selection.selectionSet);
    if (inner) return inner;
  }
  return undefined;
}

function isReserved(alias: string | undefined): boolean {
  return alias?.startsWith('__') === true && !RELAY_ALIAS.test(alias);
}
