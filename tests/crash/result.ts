import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PartName } from '../support/platform.ts';
import type { Fault } from './plan.ts';

/** The most seconds that may pass between a part's return and progress. */
export const RECOVERY_LIMIT_SECONDS = 10;

/** What became of one case; a line of results/cases.jsonl. */
export interface CaseResult {
  part: PartName;
  fault: Fault;
  round: number;
  seed: number;
  /** Milliseconds from the start of the upload to the fault. */
  momentMs: number;
  /** Where the import was then: UPLOAD, a stage of the session, or ENDED. */
  stage: string;
  /** The session's last status; null when it did not end in time. */
  ended: string | null;
  /** Events and items that a follower should have been told of and was not. */
  lost: number;
  /** Events and items that a follower was told of more than once, or out of order. */
  doubled: number;
  /** Rows, nodes, edges, chunks and objects of the undisturbed import that are missing, and those that it has not. */
  missing: number;
  extra: number;
  /** Whether everything stored is what the undisturbed import stored. */
  equal: boolean;
  /** Seconds that the part was away: until it answered again, or until it was let go on. */
  awaySeconds: number;
  /** Whether the session still ran when the part returned; if not, there was nothing to recover. */
  waited: boolean;
  /** Seconds from the part's return to the next progress; 0 when `waited` is false. */
  recoverySeconds: number;
  /** Seconds from the part's return to the session's end; 0 when `waited` is false. */
  endSeconds: number;
  /** What went wrong, in words; empty when nothing did. */
  faults: string[];
  /** Average number of runnable processes in the minute before the case. */
  load: number;
  commit: string;
  date: string;
}

/** Whether a case is as it has to be. */
export function passed(result: CaseResult): boolean {
  return result.faults.length === 0;
}

/** All results so far, oldest first. Throws when a line is no JSON. */
export function readResults(file: string): CaseResult[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as CaseResult);
}

export function appendResult(file: string, result: CaseResult): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(result)}\n`);
}
