import { describe, expect, test } from '@jest/globals';
import { type GraphQLNamedType, isEnumType, isInputObjectType, isIntrospectionType, isObjectType } from 'graphql';
import { buildSchema } from './schema.ts';

/** Names of what has no description, as `Type`, `Type.field`, `Type.field(argument)`. */
function undescribed(type: GraphQLNamedType): string[] {
  const missing = type.description ? [] : [type.name];
  const parts = isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
  for (const part of [...parts, ...(isEnumType(type) ? type.getValues() : [])]) {
    if (!part.description) missing.push(`${type.name}.${part.name}`);
    for (const argument of 'args' in part ? part.args : []) {
      if (!argument.description) missing.push(`${type.name}.${part.name}(${argument.name})`);
    }
  }
  return missing;
}

describe('the schema', () => {
  const types = Object.values(buildSchema().getTypeMap());

  test('describes every type, field, argument and value', () => {
    const own = types.filter(
      (type) =>
        !isIntrospectionType(type) &&
        !/^(_|link__|federation__|Query$|Int$|String$|ID$|Float$|Boolean$)/.test(type.name),
    );
    expect(own.flatMap(undescribed)).toEqual([]);
    expect(
      undescribed(types.find(({ name }) => name === 'Query')!).filter((name) => !/^Query(\._|$)/.test(name)),
    ).toEqual([]);
  });
});
