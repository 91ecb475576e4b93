import type { GraphQLFormattedError } from 'graphql';
import type { JsonObject } from '../executor/json.ts';
import type { Run } from '../executor/run.ts';
import type { Shape } from '../executor/shape/compile-shape.ts';
import { clientPath } from '../planner/names.ts';
import type { ErrorMask } from './client-errors.ts';

type Path = readonly (string | number)[];

/**
 * The text of a whole response: the data in the shape that the client asked for, and the errors. Null where the schema
 * allows none is an error of its own, unless another one explains it.
 */
export function writeResponse(
  { data, failures, plain, ascii }: Pick<Run, 'data' | 'failures' | 'plain' | 'ascii'>,
  shape: Shape,
  given: { errors: readonly GraphQLFormattedError[]; mask: ErrorMask },
): { json: string; ascii: boolean; errors: readonly GraphQLFormattedError[] } {
  const { text, nulled } = shape.write(data, plain);
  const known =
    given.errors.length === 0 && failures.length === 0
      ? NO_ERRORS
      : [...given.errors, ...failures.map((failure) => forClient(given.mask.fromSubgraph(failure)))];
  const errors = nulled ? [...known, ...unexplained(data, shape, known)] : known;
  if (errors.length === 0) return { json: `{"data":${text}}`, ascii, errors };
  return { json: `{"data":${text},"errors":${JSON.stringify(errors)}}`, ascii: false, errors };
}

function forClient(error: GraphQLFormattedError): GraphQLFormattedError {
  return error.path ? { ...error, path: clientPath(error.path) } : error;
}

const NO_ERRORS: readonly GraphQLFormattedError[] = [];

function unexplained(data: JsonObject, shape: Shape, known: readonly GraphQLFormattedError[]) {
  const found: GraphQLFormattedError[] = [];
  shape.findNulls(data, (dataPath, field) => {
    const path = clientPath(dataPath);
    if (known.some((error) => !error.path || related(error.path, path))) return;
    found.push({
      message: `Cannot return null for non-nullable field ${field}.`,
      path: [...path],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
  });
  return found;
}

/** Whether one place is within the other. */
function related(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) if (one[index] !== other[index]) return false;
  return true;
}
