/** Prints the quality on the gold set, with every fault: `node gold/report.ts`. */
import { GOLD_PARTS } from './gold-set.ts';
import { type Measure, measureItems, measureRelations } from './measure.ts';

function print(name: string, { expected, found, right, precision, recall, faults }: Measure): void {
  const scores = `precision ${precision.toFixed(2)} recall ${recall.toFixed(2)}`;
  process.stdout.write(`${name}: expected ${expected}, found ${found}, right ${right}, ${scores}\n`);
  for (const fault of faults) process.stdout.write(`  ${fault}\n`);
}

for (const part of GOLD_PARTS) print(`items, ${part}`, measureItems(part));
for (const type of ['EVOLVES_TO', 'DEPENDS_ON'] as const) print(`relations, ${type}`, measureRelations(type));
