import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  valueFromASTUntyped,
} from 'graphql';
import { definedDirective } from '../schema/defined-directive.ts';
import { readLinks } from '../schema/links.ts';
import { parseSizedFields, type SizedFields } from './sized-fields.ts';

/** What `@listSize` says of one field. */
export interface ListSize {
  readonly assumedSize: number | undefined;
  /** Paths of arguments and of fields in them. */
  readonly slicingArguments: readonly (readonly string[])[];
  readonly requireOneSlicingArgument: boolean;
  readonly sizedFields: SizedFields | undefined;
}

/** What a supergraph says of costs. */
export interface CostRules {
  /** By coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Input.field`. */
  readonly weights: ReadonlyMap<string, number>;
  /** By the coordinate of a field. */
  readonly listSizes: ReadonlyMap<string, ListSize>;
  /** Directives that make no sense, and therefore count for nothing. */
  readonly faults: readonly string[];
}

/** Reads `@cost` and `@listSize`, under whatever names the supergraph links them. */
export function readCostRules(supergraph: DocumentNode): CostRules {
  const links = readLinks(supergraph);
  const cost = definedDirective(supergraph, links, 'cost', 'cost');
  const listSize = definedDirective(supergraph, links, 'cost', 'listSize');
  const weights = new Map<string, number>();
  const listSizes = new Map<string, ListSize>();
  const faults: string[] = [];

  function readWeight(coordinate: string, { directives = [] }: WithDirectives): void {
    const found = directives.find(({ name }) => name.value === cost);
    if (!found) return;
    // IBM's specification has a text here, Apollo's a number.
    const weight = Number(argumentsOf(found).weight);
    if (Number.isNaN(weight)) faults.push(`The weight of ${coordinate} is not a number.`);
    else weights.set(coordinate, weight);
  }

  function readField(parent: string, field: FieldDefinitionNode): void {
    const coordinate = `${parent}.${field.name.value}`;
    readWeight(coordinate, field);
    for (const argument of field.arguments ?? []) readWeight(`${coordinate}(${argument.name.value}:)`, argument);
    const found = field.directives?.find(({ name }) => name.value === listSize);
    if (!found) return;
    try {
      listSizes.set(coordinate, listSizeOf(argumentsOf(found)));
    } catch (error) {
      faults.push(`The list size of ${coordinate} cannot be read: ${(error as Error).message}`);
    }
  }

  for (const definition of supergraph.definitions) {
    if (!isType(definition)) continue;
    const name = definition.name.value;
    readWeight(name, definition);
    if (!('fields' in definition)) continue;
    for (const field of (definition.fields ?? []) as readonly (FieldDefinitionNode | InputValueDefinitionNode)[]) {
      if (field.kind === Kind.FIELD_DEFINITION) readField(name, field);
      else readWeight(`${name}.${field.name.value}`, field);
    }
  }
  return { weights, listSizes, faults };
}

interface WithDirectives {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

function isType(definition: DocumentNode['definitions'][number]): definition is TypeDefinitionNode | TypeExtensionNode {
  return /Type(Definition|Extension)$/.test(definition.kind);
}

function argumentsOf(directive: ConstDirectiveNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}

function listSizeOf(given: Readonly<Record<string, unknown>>): ListSize {
  const sizedFields = texts(given.sizedFields);
  return {
    assumedSize: typeof given.assumedSize === 'number' ? given.assumedSize : undefined,
    slicingArguments: texts(given.slicingArguments).map((path) => path.split('.')),
    requireOneSlicingArgument: given.requireOneSlicingArgument !== false,
    sizedFields: sizedFields.length === 0 ? undefined : parseSizedFields(sizedFields),
  };
}

function texts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string');
}
