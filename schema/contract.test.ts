import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
} from 'graphql';
import { brokenPromises } from './contract.ts';

const api = readFileSync(join(import.meta.dirname, 'api.graphql'), 'utf8');
const agreed = join(import.meta.dirname, '../../shared/design/contract.graphql');

describe('the public schema', () => {
  const known = existsSync(agreed) ? test : test.skip;
  known('keeps every type, field, argument and default of the agreed contract', () => {
    expect(brokenPromises(parse(readFileSync(agreed, 'utf8')), parse(api))).toEqual([]);
  });

  test('describes every type, field, argument, input field and enum value', () => {
    const types = Object.values(buildSchema(api).getTypeMap());
    const bare = types
      .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
      .flatMap((type) => {
        const root = ['Query', 'Mutation', 'Subscription'].includes(type.name);
        const own = root ? [] : [[type.name, type.description] as const];
        if (isEnumType(type))
          return [
            ...own,
            ...type.getValues().map((value) => [`${type.name}.${value.name}`, value.description] as const),
          ];
        if (isInputObjectType(type))
          return [
            ...own,
            ...Object.values(type.getFields()).map(
              (field) => [`${type.name}.${field.name}`, field.description] as const,
            ),
          ];
        if (!isObjectType(type) && !isInterfaceType(type)) return own;
        const fields = Object.values(type.getFields()).flatMap((field) => [
          [`${type.name}.${field.name}`, field.description] as const,
          ...field.args.map(
            (argument) => [`${type.name}.${field.name}(${argument.name}:)`, argument.description] as const,
          ),
        ]);
        return [...own, ...fields];
      })
      .filter(([, description]) => !description)
      .map(([name]) => name);
    expect(bare).toEqual([]);
  });
});

describe('the comparison with the contract', () => {
  test('finds what is missing and what differs', () => {
    const contract = parse(
      'type Query { a(first: Int! = 20): String b: Int! } enum E { X Y } union U = A | B type A implements N { id: ID! }',
    );
    const found = parse(
      'type Query { a(first: Int! = 10): String b: Int c: Int } enum E { X } union U = A type A { id: ID! }',
    );
    expect(brokenPromises(contract, found)).toEqual([
      'Query.a(first:): agreed Int! = 20, found Int! = 10',
      'Query.b: agreed Int!, found Int',
      'E.Y: agreed value, found nothing',
      'U | B: agreed member, found nothing',
      'A implements N: agreed yes, found nothing',
    ]);
  });
});
