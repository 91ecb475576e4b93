import { type PlanNode, QueryPlanner } from '@graphql-hive/router-query-planner';
import { type DocumentNode, type FieldNode, print } from 'graphql';
import type { ApolloPlan } from './apollo-planner.ts';
import { conditionsOnFields } from './conditions-on-fields.ts';
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

/** What the planner says when no subgraph leads to a field, as opposed to its own faults. */
const NO_PATH = 'No paths found';

/** Throws when it is not a supergraph that can be planned for. */
export function createPlanner(supergraph: DocumentNode): Planner {
  const order = orderSubgraphs(supergraph);
  const names = new Names(supergraph);
  const planner = new QueryPlanner(print(order?.supergraph ?? supergraph));
  const thresholds = [...planner.overridePercentages].sort((a, b) => a - b);
  const noLabels = new Set<string>();
  let apollo: Promise<ApolloPlan> | undefined;

  async function plan(document: DocumentNode, operationName: string | undefined, share: number) {
    const { node } = await planner.planAsync(print(document), operationName, noLabels, share);
    return node && order ? order.restore(node) : node;
  }

  /** What the first planner finds no way to may be written in another way; where it fails itself, the other one plans. */
  async function planOtherwise(
    document: DocumentNode,
    operationName: string | undefined,
    share: number,
    fault: unknown,
  ): Promise<PlanNode> {
    try {
      if (String(fault).includes(NO_PATH)) {
        const planned = await plan(conditionsOnFields(document), operationName, share);
        if (planned) return planned;
      } else {
        apollo ??= import('./apollo-planner.ts').then(({ createApolloPlanner }) =>
          createApolloPlanner(print(supergraph)),
        );
        const planned = (await apollo)(document, operationName, share);
        if (planned) return planned;
      }
    } catch (cause) {
      throw new PlanningError('The operation cannot be planned.', { cause });
    }
    throw new PlanningError('The operation cannot be planned.', { cause: fault });
  }

  return {
    async plan(document, operationName, share) {
      const plannable = names.plannable(document);
      try {
        return await plan(plannable, operationName, share);
      } catch (fault) {
        return planOtherwise(plannable, operationName, share, fault);
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
