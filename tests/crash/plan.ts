import type { PartName } from '../support/platform.ts';

/** What is done to a part: ended at once, or stopped for FREEZE_MS and let go on. */
export const FAULTS = ['kill', 'freeze'] as const;
export type Fault = (typeof FAULTS)[number];

/** Everything of a platform that can be killed: our processes first, then the stores. */
export const PARTS: readonly PartName[] = [
  'gateway',
  'archive',
  'knowledge',
  'search',
  'worker',
  'postgres',
  'redis',
  'neo4j',
  'weaviate',
];

/** One cell of the matrix: a fault that meets a part at one moment of an import. */
export interface PlannedCase {
  part: PartName;
  fault: Fault;
  /** From 1. */
  round: number;
  seed: number;
  /** When the fault comes, as a share (0..1) of the time that an undisturbed import takes. */
  moment: number;
}

export interface PlanOptions {
  parts: readonly PartName[];
  faults: readonly Fault[];
  rounds: number;
  seed: number;
}

/**
 * The cases in the order in which they run. Rounds are outermost, so that a part is not killed again while the
 * supervisor still counts its last end. The moments of a cell are one from each of `rounds` equal slices of the import:
 * random within the slice, the same for the same seed, whatever else is in the plan.
 */
export function planCases({ parts, faults, rounds, seed }: PlanOptions): PlannedCase[] {
  const cases: PlannedCase[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const fault of faults) {
      for (const part of parts) {
        const within = random(`${seed}/${part}/${fault}/${round}`);
        cases.push({ part, fault, round, seed, moment: (round - 1 + within) / rounds });
      }
    }
  }
  return cases;
}

/** Names a case in the results: two runs of the same cell with the same seed have the same one. */
export function caseKey({ part, fault, round, seed }: Pick<PlannedCase, 'part' | 'fault' | 'round' | 'seed'>): string {
  return `${part}/${fault}/${round}/${seed}`;
}

/** A number in [0, 1) that follows from the text (FNV-1a, then a finalizer that spreads similar texts apart). */
function random(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
