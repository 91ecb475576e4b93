import {
  type ArgumentNode,
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  valueFromAST,
} from 'graphql';
import type { Amount } from './amount.ts';
import type { CostRules } from './cost-rules.ts';
import { hasVariable } from './list-size.ts';

/** What an input object costs by itself; what is not an object costs nothing. */
const INPUT_OBJECT = 1;

/** The cost of an argument that is given: of each object in it and of what else has a weight. */
export function compileArgumentCost(
  { weights }: CostRules,
  argument: GraphQLArgument,
  coordinate: string,
  { value }: ArgumentNode,
): Amount {
  const weight = weightOf(argument.type, coordinate);
  if (weight === 0 && !isInputObjectType(getNamedType(argument.type))) return 0;
  const cost = (variables?: Readonly<Record<string, unknown>>) =>
    costOf(valueFromAST(value, argument.type, variables), argument.type, weight);
  return hasVariable(value) ? cost : cost();

  /** A weight of its own, else that of its type. */
  function weightOf(type: GraphQLInputType, at: string): number {
    const named = getNamedType(type);
    return weights.get(at) ?? weights.get(named.name) ?? (isInputObjectType(named) ? INPUT_OBJECT : 0);
  }

  function costOf(given: unknown, type: GraphQLInputType, each: number): number {
    if (given === null || given === undefined) return 0;
    if (isNonNullType(type)) return costOf(given, type.ofType, each);
    if (isListType(type)) {
      const items = Array.isArray(given) ? given : [given];
      return items.reduce<number>((total, item) => total + costOf(item, type.ofType, each), 0);
    }
    if (!isInputObjectType(type)) return each;
    const fields = type.getFields();
    return Object.entries(given).reduce((total, [name, inner]) => {
      const field = fields[name];
      return field ? total + costOf(inner, field.type, weightOf(field.type, `${type.name}.${name}`)) : total;
    }, each);
  }
}
