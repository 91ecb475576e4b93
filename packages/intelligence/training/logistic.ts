import { BUCKETS, DENSE, type Features } from '../src/classifier/features.ts';

export interface Example {
  features: Features;
  /** Index of the class. */
  label: number;
}

export interface Settings {
  classes: number;
  epochs: number;
  rate: number;
  /** L2 penalty per step. */
  decay: number;
  /** Exponent of the inverse class frequency: 0 = none, 1 = balanced. */
  balance: number;
}

/** Weights by class, then by feature. */
export type Weights = Float64Array[];

/** A permutation that the seed alone decides (mulberry32, Fisher-Yates). */
function shuffled(length: number, seed: number): number[] {
  const order = Array.from({ length }, (_, index) => index);
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}

function score(weights: Float64Array, { indices, values }: Features): number {
  let sum = 0;
  for (let k = 0; k < indices.length; k += 1) sum += (weights[indices[k] ?? 0] ?? 0) * (values[k] ?? 0);
  return sum;
}

export function softmax(scores: readonly number[]): number[] {
  const peak = Math.max(...scores);
  const powers = scores.map((value) => Math.exp(value - peak));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}

export function probabilities(weights: Weights, features: Features): number[] {
  return softmax(weights.map((row) => score(row, features)));
}

function classWeights(examples: readonly Example[], { classes, balance }: Settings): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const { label } of examples) counts[label] = (counts[label] ?? 0) + 1;
  return counts.map((count) => (examples.length / (classes * Math.max(1, count))) ** balance);
}

/** One Adagrad step of one class on one example. */
function step(row: Float64Array, squares: Float64Array, features: Features, error: number, settings: Settings): void {
  for (const [k, i] of features.indices.entries()) {
    const weight = row[i] ?? 0;
    const gradient = error * (features.values[k] ?? 0) + settings.decay * weight;
    const square = (squares[i] ?? 0) + gradient * gradient;
    squares[i] = square;
    row[i] = weight - (settings.rate * gradient) / Math.sqrt(square);
  }
}

/** Multinomial logistic regression by Adagrad; the same examples and settings give the same weights. */
export function train(examples: readonly Example[], settings: Settings): Weights {
  const weights = Array.from({ length: settings.classes }, () => new Float64Array(BUCKETS + DENSE));
  const squares = weights.map((row) => new Float64Array(row.length).fill(1e-2));
  const importance = classWeights(examples, settings);
  for (let epoch = 0; epoch < settings.epochs; epoch += 1)
    for (const at of shuffled(examples.length, epoch + 1)) {
      const { features, label } = examples[at] as Example;
      const predicted = probabilities(weights, features);
      for (const [cls, row] of weights.entries()) {
        const error = ((predicted[cls] ?? 0) - (cls === label ? 1 : 0)) * (importance[label] ?? 1);
        step(row, squares[cls] as Float64Array, features, error, settings);
      }
    }
  return weights;
}
