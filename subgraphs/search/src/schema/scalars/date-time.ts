import { type ASTNode, GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize(value) {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError(`Expected a Date, got ${typeof value}.`);
  },
  parseValue: (value) => read(value),
  parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : null, node),
});

function read(value: unknown, node?: ASTNode): Date {
  const time = typeof value === 'string' && RFC_3339.test(value) ? new Date(value) : null;
  if (time && !Number.isNaN(time.getTime())) return time;
  throw new GraphQLError(`Expected RFC 3339 text such as "2026-03-01T09:30:00Z", got ${JSON.stringify(value)}.`, {
    nodes: node ?? null,
  });
}
