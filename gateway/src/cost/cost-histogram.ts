import { Histogram, type Metrics } from '@colloquy/service';
import type { CostOutcome } from './limit-cost.ts';

/** Estimated costs, by `outcome`. */
export function createCostHistogram({ registry }: Metrics): (cost: number, outcome: CostOutcome) => void {
  const histogram = new Histogram({
    name: 'gateway_operation_cost',
    help: 'Estimated cost of operations, by @cost and @listSize',
    labelNames: ['outcome'],
    buckets: [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000],
    registers: [registry],
  });
  return (cost, outcome) => histogram.observe({ outcome }, cost);
}
