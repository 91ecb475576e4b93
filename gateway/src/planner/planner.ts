import { type PlanNode, QueryPlanner } from '@graphql-hive/router-query-planner';
import { type DocumentNode, type FieldNode, print } from 'graphql';
import { Names } from './names.ts';
import { orderSubgraphs } from './subgraph-order.ts';

/** Decides which subgraphs are asked for what, in which order. */
export interface Planner {
  /**
   * The plan of an operation; undefined when no subgraph has to be asked. `share` (0 to 100, of those for which
   * `@override(label: "percent(...)")` moves a field) is one of the values that `drawShare` gives. Throws PlanningError.
   */
  plan(document: DocumentNode, operationName: string | undefined, share: number): Promise<PlanNode | undefined>;
  /** Under which name the plans leave the data of a field. */
  dataName(field: FieldNode): string;
  /** Draws for one request: one of few values, so that plans can be kept. Always 0 where nothing is moved by percent. */
  drawShare(): number;
}

/** There is no plan: the supergraph has no way to what is asked for, or the planner failed. */
export class PlanningError extends Error {
  override readonly name = 'PlanningError';
  readonly code = 'NO_PLAN';
}

/** Throws when it is not a supergraph that can be planned for. */
export function createPlanner(supergraph: DocumentNode): Planner {
  const order = orderSubgraphs(supergraph);
  const names = new Names(supergraph);
  const planner = new QueryPlanner(print(order?.supergraph ?? supergraph));
  const thresholds = [...planner.overridePercentages].sort((a, b) => a - b);
  const noLabels = new Set<string>();
  return {
    async plan(document, operationName, share) {
      const operation = print(names.plannable(document));
      try {
        const { node } = await planner.planAsync(operation, operationName, noLabels, share);
        return node && order ? order.restore(node) : node;
      } catch (cause) {
        throw new PlanningError('The operation cannot be planned.', { cause });
      }
    },
    dataName: (field) => names.dataName(field),
    drawShare() {
      if (thresholds.length === 0) return 0;
      const drawn = Math.random() * 100;
      // All shares between two thresholds have the same plan: the lower one stands for them.
      return thresholds.findLast((threshold) => threshold <= drawn) ?? 0;
    },
  };
}
