import { type FieldNode, GraphQLError, type GraphQLField, type ValueNode, valueFromAST, visit } from 'graphql';
import type { Size, Variables } from './amount.ts';
import type { ListSize } from './cost-rules.ts';

/**
 * The size that a field is asked for: the largest of its slicing arguments, else what `@listSize` assumes. Where exactly
 * one such argument is demanded and the client gave none or several, working the size out throws a GraphQLError.
 */
export function compileListSize(rule: ListSize, field: GraphQLField<unknown, unknown>, node: FieldNode): Size {
  const { slicingArguments, assumedSize, requireOneSlicingArgument } = rule;
  if (slicingArguments.length === 0) return assumedSize;
  const sources = slicingArguments.map((path) => sourceOf(path, field, node));

  function size(variables: Variables): number | undefined {
    const read = sources.map((source) => source.given(variables)).filter((each) => each !== undefined);
    const sizes = read.length > 0 ? read : sources.flatMap(({ byDefault }) => byDefault ?? []);
    if (requireOneSlicingArgument && sizes.length !== 1) throw notOne(rule, field, sizes.length);
    return sizes.length === 0 ? assumedSize : Math.max(...sizes);
  }

  if (sources.some(({ varies }) => varies)) return size;
  try {
    return size({});
  } catch {
    // Said each time that the cost is asked for.
    return size;
  }
}

interface Source {
  readonly varies: boolean;
  /** What the client gives, itself or by a variable. */
  given(variables: Variables): number | undefined;
  readonly byDefault: number | undefined;
}

function sourceOf([name, ...path]: readonly string[], field: GraphQLField<unknown, unknown>, node: FieldNode): Source {
  const argument = field.args.find((each) => each.name === name);
  const value = node.arguments?.find((each) => each.name.value === name)?.value;
  const byDefault = count(within(argument?.defaultValue, path));
  if (!argument || !value) return { varies: false, given: () => undefined, byDefault };
  const read = (variables: Variables) => count(within(valueFromAST(value, argument.type, variables), path));
  if (hasVariable(value)) return { varies: true, given: read, byDefault };
  const constant = read({});
  return { varies: false, given: () => constant, byDefault };
}

function within(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  );
}

/** A list stands for as many items as it has: ids that are asked for. Less than nothing is nothing. */
function count(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' ? Math.max(0, value) : undefined;
}

export function hasVariable(value: ValueNode): boolean {
  let found = false;
  visit(value, {
    Variable() {
      found = true;
    },
  });
  return found;
}

function notOne({ slicingArguments }: ListSize, { name }: { name: string }, given: number): GraphQLError {
  const names = slicingArguments.map((path) => path.join('.')).join(', ');
  return new GraphQLError(`The field "${name}" needs exactly one of ${names}, but got ${given}.`, {
    extensions: { code: 'COST_QUERY_PARSE_FAILURE' },
  });
}
