import { count, counted, duration } from '../presentation/format.ts';
import type { ProgressState } from '../progress/state.ts';
import type { ImportFile } from './files.ts';
import type { ImportOutcome } from './import-file.ts';

/** What a file costs beside its bytes, in bytes: many small files are no less work than one of their size. */
const COST_OF_A_FILE = 20_000;
/** Before so much of the work is done, an estimate of the time left is noise. */
const ESTIMATED_FROM = 0.02;
const SENDING: ReadonlySet<string> = new Set(['READING', 'UPLOADING']);

/** How far a batch of files is, all together. */
export class Tally {
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #files: number;
  readonly #weight: number;
  readonly #underWay = new Map<ImportFile, ProgressState>();
  #endedWeight = 0;
  #beforeWeight = 0;
  #completed = 0;
  #before = 0;
  #begun = 0;
  #notCompleted = 0;
  #left = 0;

  constructor(files: readonly ImportFile[], now: () => number = Date.now) {
    this.#now = now;
    this.#startedAt = now();
    this.#files = files.length;
    this.#weight = files.reduce((sum, file) => sum + weightOf(file), 0);
  }

  show(file: ImportFile, state: ProgressState): void {
    this.#underWay.set(file, state);
  }

  ended(file: ImportFile, outcome: ImportOutcome): void {
    this.#underWay.delete(file);
    const { status, code } = outcome.result;
    if (code === 'INTERRUPTED') {
      this.#left += 1;
      return;
    }
    this.#endedWeight += weightOf(file);
    if (outcome.doneBefore) this.#beforeWeight += weightOf(file);
    if (outcome.doneBefore) this.#before += 1;
    else if (status === 'COMPLETED') this.#completed += 1;
    else if (status === 'PENDING' || status === 'PROCESSING') this.#begun += 1;
    else this.#notCompleted += 1;
  }

  /** States of the files under way, those that are being worked on before those that wait for their turn. */
  underWay(): ProgressState[] {
    const states = [...this.#underWay.values()];
    return [...states.filter(isWorkedOn), ...states.filter((state) => !isWorkedOn(state))];
  }

  /** Files that are no longer under way, without those that were left when the command was stopped. */
  get endedCount(): number {
    return this.#completed + this.#before + this.#begun + this.#notCompleted;
  }

  /** 0..1, by size: reading and sending a file is not counted, which takes little of the time. */
  get fraction(): number {
    let done = this.#endedWeight;
    for (const [file, state] of this.#underWay) if (!SENDING.has(state.stage)) done += state.fraction * weightOf(file);
    return this.#weight === 0 ? 1 : done / this.#weight;
  }

  /** Such as `12 of 3,214 files · 3 known before · 1 not completed · 4 sending · 28 on the platform · 0:35 · 12:04 left`. */
  toString(): string {
    const sending = [...this.#underWay.values()].filter(({ stage }) => SENDING.has(stage)).length;
    const running = this.#underWay.size - sending;
    const seconds = (this.#now() - this.#startedAt) / 1000;
    const parts = [`${count(this.endedCount)} of ${counted(this.#files, 'file')}`];
    if (this.#before > 0) parts.push(`${count(this.#before)} done before`);
    if (this.#notCompleted > 0) parts.push(`${count(this.#notCompleted)} not completed`);
    if (this.#left > 0) parts.push(`${count(this.#left)} left`);
    if (sending > 0) parts.push(`${count(sending)} sending`);
    if (running > 0) parts.push(`${count(running)} on the platform`);
    parts.push(duration(seconds));
    const left = this.#secondsLeft(seconds);
    if (left !== null) parts.push(`${duration(left)} left`);
    return parts.join(' · ');
  }

  #secondsLeft(seconds: number): number | null {
    const before = this.#weight === 0 ? 0 : this.#beforeWeight / this.#weight;
    const worked = this.fraction - before;
    if (this.fraction >= 1 || worked < ESTIMATED_FROM) return null;
    return (seconds / worked) * (1 - this.fraction);
  }
}

function weightOf(file: ImportFile): number {
  return file.byteSize + COST_OF_A_FILE;
}

function isWorkedOn(state: ProgressState): boolean {
  return state.stage !== 'QUEUED';
}
