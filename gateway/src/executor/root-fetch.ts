import type { FetchNode } from '@graphql-hive/router-query-planner';
import { Kind, parse } from 'graphql';
import { takeData } from './fetch.ts';
import { cloneJson, type JsonObject } from './json.ts';
import { mergeInto } from './merge.ts';
import type { TargetPath } from './paths.ts';
import type { PossibleTypes } from './possible-types.ts';
import { compileBody } from './request-body.ts';
import { compileRewrites } from './rewrites.ts';
import type { Run, Step } from './run.ts';

/** A fetch of root fields. With `path`, its answer becomes part of each object there instead of the root. */
export function compileRootFetch(node: FetchNode, possible: PossibleTypes, path?: TargetPath): Step {
  const body = compileBody(node.operation, node.variableUsages, []);
  const rewrite = compileRewrites(node.outputRewrites, possible);
  const kind = node.operationKind === 'mutation' ? 'mutation' : 'query';
  const subgraph = node.serviceName;
  const fields = rootFields(node.operation);

  /** Where a failure of the whole fetch is. */
  const places = path ? [path.head] : fields.map((field) => [field]);

  return async (run) => {
    const targets = targetsOf(run, path);
    if (targets.length === 0) return;
    try {
      const answer = await run.fetch({ subgraph, kind, body: body.write(run.variables, []), entities: 0 });
      if (answer.plain !== true) run.plain = false;
      if (answer.ascii !== true) run.ascii = false;
      spread(takeData(answer), targets);
      for (const error of answer.errors ?? []) {
        run.failures.push({ subgraph, error: { ...error, path: error.path ?? places[0] ?? [] } });
      }
    } catch (cause) {
      for (const place of places) fail(run, cause, subgraph, place);
    }
  };

  function spread(data: JsonObject | null | undefined, targets: readonly JsonObject[]): void {
    if (!data) return;
    rewrite?.(data);
    for (let index = 0; index < targets.length; index++)
      mergeInto(targets[index] as JsonObject, data, index > 0, possible);
  }
}

function targetsOf(run: Run, path: TargetPath | undefined): JsonObject[] {
  if (!path) return [run.data];
  const targets: JsonObject[] = [];
  path.collect(run.data, targets);
  return targets;
}

/** Notes that a fetch had no answer. */
export function fail(run: Run, cause: unknown, subgraph: string, path: readonly (string | number)[]): void {
  const message = cause instanceof Error ? cause.message : String(cause);
  const extensions = cloneJson((cause as { extensions?: JsonObject }).extensions ?? {});
  run.failures.push({ subgraph, cause, error: { message, path, extensions } });
}

/** The response names of the root fields of an operation that the planner wrote. */
function rootFields(operation: string): string[] {
  return parse(operation, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD ? [selection.alias?.value ?? selection.name.value] : [],
        )
      : [],
  );
}
