import type { Log } from '@colloquy/service';
import { GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { CostConfig } from '../config/cost.ts';
import { type Operation, OperationError } from '../operation/operation.ts';
import type { Generation } from '../schema/generation.ts';
import { type CostSettings, compileCost, type EstimateCost } from './compile-cost.ts';
import { readCostRules } from './cost-rules.ts';

export type CostOutcome = 'ok' | 'too_expensive';

/**
 * Estimates what is left of an operation for its client, and refuses it with OperationError when that is too much and
 * costs are enforced. `observe` is told of each estimate.
 */
export function limitCost(
  config: CostConfig,
  { observe, log }: { observe(cost: number, outcome: CostOutcome): void; log: Log },
): (operation: Operation) => void {
  const models = new WeakMap<Generation, CostModel>();

  function modelOf(generation: Generation): CostModel {
    let model = models.get(generation);
    if (!model) {
      const rules = readCostRules(generation.supergraph);
      if (rules.faults.length > 0) log.warn({ faults: rules.faults }, 'some costs in the supergraph make no sense');
      model = new CostModel({ rules, schema: generation.apiSchema, listSize: config.listSize });
      models.set(generation, model);
    }
    return model;
  }

  return (operation) => {
    const cost = estimate(modelOf(operation.generation), operation, config);
    if (cost === undefined) return;
    const max = maximumFor(operation, config);
    const outcome = cost > max ? 'too_expensive' : 'ok';
    observe(cost, outcome);
    if (config.header !== undefined) operation.responseHeaders[config.header] = String(cost);
    if (outcome === 'ok' || config.mode === 'measure') return;
    throw new OperationError([
      {
        message: `The estimated cost of ${cost} exceeds the maximum of ${max}.`,
        extensions: { code: 'COST_ESTIMATED_TOO_EXPENSIVE', cost: { estimated: cost, max } },
      },
    ]);
  };
}

/** Undefined when it cannot be told, which is an error where costs are enforced. */
function estimate(model: CostModel, { visible, variables }: Operation, { mode }: CostConfig): number | undefined {
  if (!visible.definition) return 0;
  try {
    return model.estimator(visible.document, visible.definition)(variables);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (mode === 'measure') return undefined;
    throw new OperationError([error.toJSON()]);
  }
}

function maximumFor({ context }: Operation, { max, maxClaim }: CostConfig): number {
  const claimed = maxClaim === undefined ? undefined : context.caller.claims?.[maxClaim];
  return typeof claimed === 'number' && claimed >= 0 ? claimed : max;
}

/** The estimates of the operations of one schema, for as long as the operations are in use. */
class CostModel {
  readonly #settings: CostSettings;
  readonly #estimators = new WeakMap<OperationDefinitionNode, EstimateCost>();

  constructor(settings: CostSettings) {
    this.#settings = settings;
  }

  estimator(document: Parameters<typeof compileCost>[1], definition: OperationDefinitionNode): EstimateCost {
    let estimator = this.#estimators.get(definition);
    if (!estimator) {
      estimator = compileCost(this.#settings, document, definition);
      this.#estimators.set(definition, estimator);
    }
    return estimator;
  }
}
