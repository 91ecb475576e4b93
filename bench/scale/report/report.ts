import type { Machine } from '../../gateway/report/machine.ts';
import { median } from '../../gateway/statistics.ts';
import type { WrittenExport } from '../export/write.ts';
import type { ImportFigures } from '../import.ts';
import type { Round } from '../large.ts';
import type { PeerFigures } from '../peers/measure.ts';
import type { Statement } from '../platform/statements.ts';
import type { ProfiledFunction } from '../profile.ts';

/** Everything that one run found; parts that were not asked for are absent. */
export interface Report {
  machine: Machine;
  /** Of the code that was measured; with a plus where files differed from it. */
  commit: string;
  command: string;
  versions: { postgres: string };
  settings: { through: 'parse' | 'done'; container: 'zip' | 'json'; bytesPerMessage: number };
  large?: { export: WrittenExport & { size: number }; rounds: Round[] };
  small?: { export: WrittenExport & { size: number }; cold: Round; warm: Round[] };
  peer?: PeerFigures;
  done?: { export: WrittenExport & { size: number }; rounds: { import: ImportFigures; statements: Statement[] }[] };
  profile?: ProfiledFunction[];
}

/** The bounds that the figures are held to. */
export const LIMITS = { ratioToCopy: 2.5, peakBytes: 400e6, costRatio: 1.2, timesPeer: 5 };

export const medianOf = (rounds: readonly Round[], read: (round: Round) => number): number => median(rounds.map(read));

/** Time per message of the large import divided by that of the small one; above 1 when the large one is dearer. */
export function costRatio({ large, small }: Report): number | null {
  if (!large || !small) return null;
  const cost = (rounds: readonly Round[]) => medianOf(rounds, (round) => round.import.seconds / round.import.messages);
  return cost(large.rounds) / cost(small.warm);
}
