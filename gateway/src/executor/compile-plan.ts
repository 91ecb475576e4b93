import type { BatchFetchNode, FetchNode, FlattenNode, PlanNode } from '@graphql-hive/router-query-planner';
import { clientName } from '../planner/names.ts';
import { compileEntityFetch } from './entity-fetch.ts';
import { compilePath } from './paths.ts';
import type { PossibleTypes } from './possible-types.ts';
import { compileRootFetch } from './root-fetch.ts';
import type { Step } from './run.ts';

/** Compiles a plan. Throws when it has a node that is not known. */
export function compilePlan(node: PlanNode, possible: PossibleTypes): Step {
  switch (node.kind) {
    case 'Sequence':
      return sequence(node.nodes.map((inner) => compilePlan(inner, possible)));
    case 'Parallel':
      return parallel(node.nodes.map((inner) => compilePlan(inner, possible)));
    case 'Condition': {
      const chosen = node.ifClause && compilePlan(node.ifClause, possible);
      const other = node.elseClause && compilePlan(node.elseClause, possible);
      const condition = clientName(node.condition);
      return (run) => (run.variables[condition] === true ? chosen : other)?.(run);
    }
    case 'Fetch':
      return compileRootFetch(node, possible);
    case 'Flatten':
      return compileFlatten(node, possible);
    case 'BatchFetch':
      return compileBatch(node, possible);
    case 'Subscription':
    case 'Defer':
      throw new Error(`A plan has a ${node.kind} where it cannot be run.`);
  }
}

function sequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function parallel(steps: readonly Step[]): Step {
  return (run) => {
    const pending: Promise<void>[] = [];
    for (const step of steps) {
      const started = step(run);
      if (started) pending.push(started);
    }
    return pending.length < 2 ? pending[0] : Promise.all(pending).then(() => undefined);
  };
}

function compileFlatten({ path, node }: FlattenNode, possible: PossibleTypes): Step {
  if (node.kind !== 'Fetch') throw new Error(`A plan has a ${node.kind} below a path.`);
  if (!node.requires || node.requires.length === 0) {
    return compileRootFetch(node, possible, compilePath(path, possible));
  }
  const { serviceName, operation, variableUsages, requires, inputRewrites, outputRewrites }: FetchNode = node;
  const field = {
    name: '_entities',
    variable: 'representations',
    paths: [path],
    requires,
    inputRewrites,
    outputRewrites,
  };
  return compileEntityFetch({ subgraph: serviceName, operation, variableUsages, fields: [field] }, possible);
}

function compileBatch(
  { serviceName, operation, variableUsages, entityBatch }: BatchFetchNode,
  possible: PossibleTypes,
) {
  const fields = entityBatch.aliases.map((alias) => ({
    name: alias.alias,
    variable: alias.representationsVariableName,
    paths: alias.paths,
    requires: alias.requires,
    inputRewrites: alias.inputRewrites,
    outputRewrites: alias.outputRewrites,
  }));
  return compileEntityFetch({ subgraph: serviceName, operation, variableUsages, fields }, possible);
}
