import { type ASTNode, GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

function readDateTime(value: unknown, nodes?: ASTNode): Date {
  const time = typeof value === 'string' && RFC_3339.test(value) ? new Date(value) : null;
  if (time && !Number.isNaN(time.getTime())) return time;
  throw new GraphQLError(`Expected RFC 3339 text such as "2026-03-01T09:30:00Z", got ${JSON.stringify(value)}.`, {
    nodes: nodes ?? null,
  });
}

export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize(value) {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError(`Expected a Date, got ${typeof value}.`);
  },
  parseValue: (value) => readDateTime(value),
  parseLiteral: (node) => readDateTime(node.kind === Kind.STRING ? node.value : null, node),
});

function readSafeInt(value: unknown, nodes?: ASTNode): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new GraphQLError(`Expected an integer up to 2^53 - 1, got ${JSON.stringify(value)}.`, { nodes: nodes ?? null });
}

export const SafeInt = new GraphQLScalarType<number, number>({
  name: 'SafeInt',
  serialize: (value) => readSafeInt(value),
  parseValue: (value) => readSafeInt(value),
  parseLiteral: (node) => readSafeInt(node.kind === Kind.INT ? Number(node.value) : null, node),
});

export const JSONScalar = new GraphQLScalarType({
  name: 'JSON',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
