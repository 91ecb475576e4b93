import type {
  FlattenNodePathSegment,
  InputRewrite,
  OutputRewrite,
  RequiresSelection,
} from '@graphql-hive/router-query-planner';
import { type SubgraphAnswer, takeData } from './fetch.ts';
import { isObject, type JsonObject } from './json.ts';
import { mergeInto } from './merge.ts';
import { compilePath, type ResponsePath, type TargetPath } from './paths.ts';
import type { PossibleTypes } from './possible-types.ts';
import { Finder, type Represent, Representations } from './representations.ts';
import { compileBody } from './request-body.ts';
import { compileRequires } from './requires.ts';
import { compileRewrites, type Rewrite } from './rewrites.ts';
import { fail } from './root-fetch.ts';
import type { Run, Step } from './run.ts';

/** A subgraph may refuse more in one request. */
const MOST_PER_REQUEST = 1000;

/** One or more `_entities` fields in one request, each with its representations and the places that they are from. */
export interface EntityFetch {
  readonly subgraph: string;
  readonly operation: string;
  readonly variableUsages: readonly string[] | undefined;
  readonly fields: readonly {
    /** The response name of the `_entities` field. */
    readonly name: string;
    readonly variable: string;
    readonly paths: readonly (readonly FlattenNodePathSegment[])[];
    readonly requires: readonly RequiresSelection[];
    readonly inputRewrites: readonly InputRewrite[] | undefined;
    readonly outputRewrites: readonly OutputRewrite[] | undefined;
  }[];
}

interface EntityField {
  readonly name: string;
  /** Which of the fetch's lists of representations it asks for. */
  readonly list: number;
  readonly paths: readonly TargetPath[];
  readonly represent: Represent;
  readonly rewrite: Rewrite | undefined;
}

/** The objects at one path, and the representation of each; -1 where there is none. */
interface Targets {
  readonly field: EntityField;
  readonly path: TargetPath;
  /** Whether what arrives is shared with another path, whose objects may become different ones later. */
  readonly copy: boolean;
  readonly objects: JsonObject[];
  readonly representation: number[];
}

export function compileEntityFetch(fetch: EntityFetch, possible: PossibleTypes): Step {
  const { subgraph } = fetch;
  const variables = [...new Set(fetch.fields.map(({ variable }) => variable))];
  const body = compileBody(fetch.operation, fetch.variableUsages, variables);
  const fields = fetch.fields.map((field): EntityField => {
    const represent = compileRequires(field.requires, possible);
    const rewriteInput = compileRewrites(field.inputRewrites, possible);
    return {
      name: field.name,
      list: variables.indexOf(field.variable),
      paths: field.paths.map((path) => compilePath(path, possible)),
      represent: rewriteInput
        ? { ...represent, text: (entity) => rewritten(represent.text(entity), rewriteInput) }
        : represent,
      rewrite: compileRewrites(field.outputRewrites, possible),
    };
  });

  return (run) => {
    const lists = variables.map(() => new Representations());
    const targets = fields.flatMap((field) => {
      const finder = new Finder(field.represent, lists[field.list] as Representations);
      return field.paths.map((path, index) => gather(run, field, path, index > 0, finder));
    });
    const most = Math.max(...lists.map(({ texts }) => texts.length));
    if (most === 0) return undefined;
    if (most <= MOST_PER_REQUEST) return send(run, lists, targets, 0);
    const requests: Promise<void>[] = [];
    for (let offset = 0; offset < most; offset += MOST_PER_REQUEST) requests.push(send(run, lists, targets, offset));
    return Promise.all(requests).then(() => undefined);
  };

  /** Asks for the representations from `offset` on, and spreads the answer. */
  async function send(
    run: Run,
    lists: readonly Representations[],
    targets: readonly Targets[],
    offset: number,
  ): Promise<void> {
    let entities = 0;
    const texts = lists.map((list) => {
      const part = offset === 0 && list.texts.length <= MOST_PER_REQUEST ? list.texts : slice(list.texts, offset);
      entities += part.length;
      return `[${part.join(',')}]`;
    });
    try {
      const request = { subgraph, kind: 'query', body: body.write(run.variables, texts), entities } as const;
      const answer = await run.fetch(request);
      if (answer.plain !== true) run.plain = false;
      if (answer.ascii !== true) run.ascii = false;
      const data = takeData(answer);
      for (const each of targets) spread(data?.[each.field.name], each, offset, possible);
      if (answer.errors) placeErrors(run, answer.errors, targets, offset);
    } catch (cause) {
      for (const { path, objects } of targets) {
        if (objects.length > 0) fail(run, cause, subgraph, path.head);
      }
    }
  }

  function placeErrors(
    run: Run,
    errors: NonNullable<SubgraphAnswer['errors']>,
    targets: readonly Targets[],
    offset: number,
  ): void {
    for (const error of errors) {
      const [name, index, ...rest] = error.path ?? [];
      const concerned = targets.filter(({ field, objects }) => field.name === name && objects.length > 0);
      const places = concerned.flatMap(({ path, objects, representation }): ResponsePath[] => {
        if (typeof index !== 'number') return [path.head];
        // The objects are the same ones as before, so each is found by its identity.
        const wanted = new Set(objects.filter((_, at) => representation[at] === index + offset));
        return path
          .locate(run.data)
          .filter(({ target }) => wanted.has(target))
          .map((place) => [...place.path, ...rest]);
      });
      const elsewhere = targets.find(({ objects }) => objects.length > 0)?.path.head ?? [];
      for (const path of places.length > 0 ? places : [elsewhere]) {
        run.failures.push({ subgraph, error: { ...error, path } });
      }
    }
  }
}

function slice(texts: readonly string[], offset: number): readonly string[] {
  return texts.slice(offset, offset + MOST_PER_REQUEST);
}

/** Finds the objects at a path and adds their representations to those that are asked for. */
function gather(run: Run, field: EntityField, path: TargetPath, copy: boolean, finder: Finder): Targets {
  const objects: JsonObject[] = [];
  path.collect(run.data, objects);
  const representation: number[] = [];
  for (let index = 0; index < objects.length; index++) {
    representation.push(finder.find(objects[index] as JsonObject));
  }
  return { field, path, copy, objects, representation };
}

/** Completes the objects with the entities that answer their representations. */
function spread(entities: unknown, targets: Targets, offset: number, possible: PossibleTypes): void {
  if (!Array.isArray(entities)) return;
  const { field, objects, representation, copy } = targets;
  if (field.rewrite && !copy) {
    for (const entity of entities) if (isObject(entity)) field.rewrite(entity);
  }
  for (let index = 0; index < objects.length; index++) {
    const place = representation[index] as number;
    const entity: unknown = place < offset ? undefined : entities[place - offset];
    if (isObject(entity)) mergeInto(objects[index] as JsonObject, entity, copy, possible);
  }
}

function rewritten(text: string | undefined, rewrite: Rewrite): string | undefined {
  if (text === undefined) return undefined;
  const representation = JSON.parse(text) as JsonObject;
  rewrite(representation);
  return JSON.stringify(representation);
}
