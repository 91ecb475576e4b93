import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestPlatform } from '../support/platform.ts';
import { follow, isTerminal } from '../support/progress.ts';
import { type WholeSnapshot, wholeSnapshot } from '../support/snapshot.ts';
import { until } from '../support/wait.ts';
import { type HeardEvent, type RunningImport, startImport } from './importing.ts';
import { answers, freeze, kill } from './inject.ts';
import { difference, judgeEvents } from './judge.ts';
import { PARTS, type PlannedCase } from './plan.ts';
import { type CaseResult, RECOVERY_LIMIT_SECONDS } from './result.ts';

/** What every case is compared with. */
export interface Reference {
  /** Milliseconds from the start of the upload to the end of an undisturbed import, as the machine is now. */
  durationMs: number;
  snapshot: WholeSnapshot;
}

/** What all cases share. */
export interface CaseContext {
  platform: TestPlatform;
  /** The archive's file. */
  archive: string;
  reference: Reference;
  commit: string;
}

const IMPORT_LIMIT_MS = 180_000;
const HEALTHY_LIMIT_MS = 120_000;
const MOMENT_ATTEMPTS = 4;

/** Imports the archive undisturbed. */
export async function takeReference(platform: TestPlatform, archive: string, tenant: string): Promise<Reference> {
  const token = await platform.token(tenant);
  const startedAt = Date.now();
  await startImport(platform, token, archive, IMPORT_LIMIT_MS).done;
  const durationMs = Date.now() - startedAt;
  return { durationMs, snapshot: await wholeSnapshot(await platform.settings(), tenant) };
}

/**
 * Runs one case of the plan. An import that is over before its fault comes tells how long one takes now (the machine is
 * less busy than it was); the case then begins again with a moment that follows from that.
 */
export async function runCase(context: CaseContext, planned: PlannedCase): Promise<CaseResult> {
  const { platform, reference, commit } = context;
  const { part, fault, round, seed, moment } = planned;
  await untilHealthy(platform);
  for (let attempt = 1; ; attempt++) {
    const load = Number((loadavg()[0] ?? 0).toFixed(2));
    const momentMs = Math.round(moment * reference.durationMs);
    const result = await importDisturbed(context, {
      tenant: `crash-${part}-${fault}-${round}-${Date.now().toString(36)}`,
      until: async (importing) => {
        await delay(momentMs);
        const tookMs = importing.tookMs();
        if (tookMs !== null && attempt < MOMENT_ATTEMPTS) throw new OverTooSoonError(tookMs);
      },
      inject: () => (fault === 'kill' ? kill(platform, part) : freeze(platform, part)),
    }).catch((error: Error) => (error instanceof OverTooSoonError ? error : broken(error)));
    if (result instanceof OverTooSoonError) {
      reference.durationMs = result.tookMs;
      continue;
    }
    const late = `Progress came ${result.recoverySeconds} s after the part's return.`;
    const faults = result.recoverySeconds <= RECOVERY_LIMIT_SECONDS ? result.faults : [...result.faults, late];
    return { part, fault, round, seed, momentMs, ...result, faults, load, commit, date: new Date().toISOString() };
  }
}

/** The import ended before the moment of its fault. */
class OverTooSoonError extends Error {
  override readonly name = 'OverTooSoonError';
  readonly tookMs: number;

  constructor(tookMs: number) {
    super(`The import was over after ${tookMs} ms.`);
    this.tookMs = tookMs;
  }
}

/** A part that never came back, or stores that cannot be compared: the case has failed, and the next may tell more. */
const broken = (error: Error): DisturbedImport => ({
  stage: 'UNKNOWN',
  ended: null,
  lost: 0,
  doubled: 0,
  missing: 0,
  extra: 0,
  equal: false,
  awaySeconds: 0,
  waited: false,
  recoverySeconds: 0,
  endSeconds: 0,
  faults: [error.message],
});

/** What happens to one import. */
export interface Disturbance {
  /** Name of a tenant that has nothing yet. */
  tenant: string;
  /** Resolves at the moment of the fault. */
  until(importing: RunningImport): Promise<unknown>;
  /** Does it; gives the time at which all parts are back (epoch ms). */
  inject(importing: RunningImport): Promise<number>;
}

export type DisturbedImport = Omit<
  CaseResult,
  'part' | 'fault' | 'round' | 'seed' | 'momentMs' | 'load' | 'commit' | 'date'
>;

/** Imports the archive while something happens, and judges what came of it; `faults` says nothing of time. */
export async function importDisturbed(
  { platform, archive, reference }: Omit<CaseContext, 'commit'>,
  { tenant, until: moment, inject }: Disturbance,
): Promise<DisturbedImport> {
  const token = await platform.token(tenant);
  const importing = startImport(platform, token, archive, IMPORT_LIMIT_MS);
  const ending = importing.done.then(
    (session) => ({ session, reason: null }),
    (error: Error) => ({ session: null, reason: error.message }),
  );
  await moment(importing);
  const stage = importing.stage();
  const faultAt = Date.now();
  const returnedAt = await inject(importing);
  const { session, reason } = await ending;
  const recovery = recoveryOf(importing, returnedAt);
  const events = importing.heard();
  await untilHealthy(platform);
  const actual = await wholeSnapshot(await platform.settings(), tenant);
  const { lost, doubled } = judgeEvents(events, actual.items.length);
  const again = session === null ? null : await logOf(platform, token, session);
  const { missing, extra, examples } = difference(reference.snapshot, actual);
  const ended = events.at(-1)?.status ?? null;
  const faults = [
    ...(reason === null ? [] : [reason]),
    ...(ended === 'COMPLETED' ? [] : [`The session's last status is ${ended}.`]),
    ...(lost + doubled === 0 ? [] : [`Events or items: ${lost} lost, ${doubled} doubled.`]),
    ...(again === null || sameNumbers(again, events) ? [] : ['The log read anew is not what the follower was told.']),
    ...examples,
  ];
  const awaySeconds = seconds(returnedAt - faultAt);
  return {
    stage,
    ended,
    lost,
    doubled,
    missing,
    extra,
    equal: missing + extra === 0,
    awaySeconds,
    ...recovery,
    faults,
  };
}

/** A new event that waits for nothing is progress; so is the end. */
function recoveryOf(
  importing: RunningImport,
  returnedAt: number,
): Pick<CaseResult, 'waited' | 'recoverySeconds' | 'endSeconds'> {
  const events = importing.heard();
  const last = events.at(-1);
  const endedAt = last && isTerminal(last) ? last.heardAt : Date.now();
  if (endedAt <= returnedAt) return { waited: false, recoverySeconds: 0, endSeconds: 0 };
  const isProgress = (event: HeardEvent) => event.waitingFor === null || isTerminal(event);
  const progress = events.find((event) => event.heardAt > returnedAt && isProgress(event))?.heardAt ?? Date.now();
  return { waited: true, recoverySeconds: seconds(progress - returnedAt), endSeconds: seconds(endedAt - returnedAt) };
}

async function untilHealthy(platform: TestPlatform): Promise<void> {
  await until('every part to answer', HEALTHY_LIMIT_MS, async () => {
    const all = await Promise.all(PARTS.map((part) => answers(platform, part)));
    return all.every(Boolean) ? true : null;
  });
}

function logOf(platform: TestPlatform, token: string, session: string) {
  return follow(() => platform.subscriptions(token), session, { limitMs: 30_000 });
}

const sameNumbers = (one: readonly { sequence: number }[], other: readonly { sequence: number }[]) =>
  one.length === other.length && one.every(({ sequence }, index) => sequence === other[index]?.sequence);

const seconds = (ms: number) => Number((ms / 1_000).toFixed(2));
