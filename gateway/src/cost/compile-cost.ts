import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { allHold } from '../executor/shape/conditions.ts';
import { type Amount, amountOf, firstKnown, largest, product, type Size, sum, type Variables } from './amount.ts';
import { compileArgumentCost } from './argument-cost.ts';
import { type CollectedField, collectLevel } from './collect.ts';
import type { CostRules } from './cost-rules.ts';
import { compileListSize } from './list-size.ts';
import type { SizedFields } from './sized-fields.ts';

/** What each costs that has no weight of its own; as in Apollo's router. */
const MUTATION = 10;
const OBJECT = 1;
const LEAF = 0;

/** Estimates the cost of one operation. Throws a GraphQLError where a list does not say how long it is to be. */
export type EstimateCost = (variables: Variables) => number;

export interface CostSettings {
  readonly rules: CostRules;
  readonly schema: GraphQLSchema;
  /** Items of a list of which nothing says how many it has. */
  readonly listSize: number;
}

/**
 * Compiles the estimate of a valid operation: each object costs its weight, as often as the lists around it have items; each
 * argument costs what is in it. What does not depend on variables is worked out here.
 */
export function compileCost(
  settings: CostSettings,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): EstimateCost {
  const root = settings.schema.getRootType(definition.operation);
  if (!root) return () => 0;
  const own = definition.operation === OperationTypeNode.MUTATION ? MUTATION : 0;
  const fields = new CostCompiler(settings, document).selections(root, [definition.selectionSet], []);
  const total = sum([own, fields]);
  return (variables) => amountOf(total, variables);
}

/** A size that was asked for, and which fields of a level, or below, have it. */
interface Scope {
  readonly size: Size;
  readonly fields: SizedFields;
}

class CostCompiler {
  readonly #settings: CostSettings;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();

  constructor(settings: CostSettings, document: DocumentNode) {
    this.#settings = settings;
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
    }
  }

  selections(type: GraphQLCompositeType, selectionSets: readonly SelectionSetNode[], scopes: readonly Scope[]): Amount {
    const level = collectLevel(this.#settings.schema, this.#fragments, type, selectionSets);
    return sum(level.map((collected) => conditional(collected, this.#field(collected, scopes))));
  }

  #field({ parent, node, selectionSets }: CollectedField, scopes: readonly Scope[]): Amount {
    const { rules, listSize } = this.#settings;
    const name = node.name.value;
    // What is asked of the schema itself is answered without a subgraph.
    const field = name.startsWith('__') || isUnionType(parent) ? undefined : parent.getFields()[name];
    if (!field) return 0;
    const coordinate = `${parent.name}.${name}`;
    const rule = rules.listSizes.get(coordinate);
    const asked = rule && compileListSize(rule, field, node);
    const below = scopes.flatMap(({ size, fields }) => {
      const inner = fields.below.get(name);
      return inner ? [{ size, fields: inner }] : [];
    });

    const type = getNamedType(field.type);
    const inner = rule?.sizedFields ? [...below, { size: asked, fields: rule.sizedFields }] : below;
    const items = sum([
      rules.weights.get(coordinate) ?? rules.weights.get(type.name) ?? (isCompositeType(type) ? OBJECT : LEAF),
      isCompositeType(type) ? this.selections(type, selectionSets, inner) : 0,
    ]);
    const named = scopes.filter(({ fields }) => fields.names.has(name)).map(({ size }) => size);
    const own = largest([asked, ...below.map(({ size }) => size)]);
    const count = isList(field.type) ? firstKnown([largest(named), own], listSize) : 1;
    return sum([product(count, items), ...this.#arguments(field, coordinate, node)]);
  }

  #arguments(field: GraphQLField<unknown, unknown>, coordinate: string, node: FieldNode): Amount[] {
    return (node.arguments ?? []).map((given) => {
      const argument = field.args.find(({ name }) => name === given.name.value);
      return argument
        ? compileArgumentCost(this.#settings.rules, argument, `${coordinate}(${argument.name}:)`, given)
        : 0;
    });
  }
}

function conditional({ conditions }: CollectedField, amount: Amount): Amount {
  if (conditions.length === 0 || amount === 0) return amount;
  return (variables) => (allHold(conditions, variables) ? amountOf(amount, variables) : 0);
}

function isList(type: GraphQLOutputType): boolean {
  return isNonNullType(type) ? isList(type.ofType) : isListType(type);
}
