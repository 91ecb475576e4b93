import type { SubgraphAnswer, SubgraphRequest } from '../upstream/subgraph.ts';

/** A subgraph may refuse more in one request. */
const MOST_PER_REQUEST = 1000;

/**
 * Sends a fetch of entities: each distinct one is asked for once, in requests of at most `limit`, and the answers are
 * put together as if everything had been asked at once. Any other fetch is sent as it is.
 */
export async function sendInBatches(
  request: SubgraphRequest,
  send: (request: SubgraphRequest) => Promise<SubgraphAnswer>,
  limit: number = MOST_PER_REQUEST,
): Promise<SubgraphAnswer> {
  const representations = request.variables?.representations;
  if (!Array.isArray(representations)) return send(request);
  const { distinct, places } = findDistinct(representations);
  if (places.length === distinct.length && distinct.length <= limit) return send(request);
  const batches = Array.from({ length: Math.ceil(distinct.length / limit) }, (_, batch) =>
    distinct.slice(batch * limit, (batch + 1) * limit),
  );
  const answers = await Promise.all(
    batches.map((batch) => send({ ...request, variables: { ...request.variables, representations: batch } })),
  );
  return join(answers, places, limit);
}

/** The distinct representations, and for each of the given ones its place among them. */
function findDistinct(representations: readonly unknown[]): { distinct: unknown[]; places: number[] } {
  const seen = new Map<string, number>();
  const distinct: unknown[] = [];
  const places = representations.map((representation) => {
    const key = JSON.stringify(representation);
    const place = seen.get(key) ?? distinct.length;
    if (place === distinct.length) {
      seen.set(key, place);
      distinct.push(representation);
    }
    return place;
  });
  return { distinct, places };
}

function join(answers: readonly SubgraphAnswer[], places: readonly number[], limit: number): SubgraphAnswer {
  const errors = answers.flatMap((answer, batch) => relocate(answer.errors ?? [], batch * limit, places));
  const answered = answers.some(({ data }) => Array.isArray(data?._entities));
  const used = new Set<number>();
  const entities = places.map((place) => {
    const found = answers[Math.floor(place / limit)]?.data?._entities;
    const entity: unknown = Array.isArray(found) ? (found[place % limit] ?? null) : null;
    // Whoever merges the answer may write into it, so no two places share an object.
    const copy = used.has(place) ? structuredClone(entity) : entity;
    used.add(place);
    return copy;
  });
  return { data: answered ? { _entities: entities } : null, ...(errors.length > 0 && { errors }) };
}

/** An error of one distinct entity is an error at each of its places. */
function relocate(errors: NonNullable<SubgraphAnswer['errors']>, offset: number, places: readonly number[]) {
  return errors.flatMap((error) => {
    const [field, index, ...rest] = error.path ?? [];
    if (typeof index !== 'number') return [error];
    return places.flatMap((place, at) =>
      place === offset + index ? [{ ...error, path: [field ?? '_entities', at, ...rest] }] : [],
    );
  });
}
