import { setTimeout as sleep } from 'node:timers/promises';
import { composeStop, composeUp } from './docker.ts';
import { messageOf, StackError } from './errors.ts';
import { lastLines } from './log-file.ts';
import { isFree } from './ports.ts';
import { firstReport, nextReport, type StoreEvent, type StoreOrigin, type StoreReport, sameReport } from './report.ts';
import { shownAddress } from './settings.ts';
import type { Launch, StoreContext, StoreDefinition } from './store.ts';
import { type LaunchCommand, type SupervisedProcess, superviseProcess } from './supervise.ts';

export interface StoreRunnerOptions {
  readonly definition: StoreDefinition;
  readonly how: StoreOrigin;
  readonly context: Omit<StoreContext, 'progress' | 'signal'>;
  onReport(report: StoreReport): void;
  /** A printable line: a store ended by itself, or had to be killed. */
  onLine(line: string): void;
}

/** Brings one store up and watches it until it is stopped. */
export interface StoreRunner {
  readonly report: StoreReport;
  start(): void;
  /** Resolves when the store is healthy; rejects when it has failed (the runner itself goes on trying). */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

const IMPATIENT_POLL_MS = 100;
const CALM_POLL_MS = 3_000;
/** A healthy store may miss this many checks in a row before it is called degraded. */
const TOLERATED_MISSES = 1;
/** Ends in a row, without ever answering, after which a store counts as failed. */
const HOPELESS_ENDS = 4;
const RETRY_MS = 30_000;
/** Milliseconds in which a store that does not answer yet is no news. */
const USUAL_START_MS = 20_000;

export function createStoreRunner(options: StoreRunnerOptions): StoreRunner {
  const { definition, how } = options;
  const stopping = new AbortController();
  const listeners = new Set<(report: StoreReport) => void>();
  const context: StoreContext = {
    ...options.context,
    signal: stopping.signal,
    progress: (detail, fraction) => emit({ kind: 'installing', detail, fraction }),
  };
  let report = firstReport(definition.name, how, shownAddress(definition.name, context.settings));
  let supervised: SupervisedProcess | null = null;
  let settled = definition.settle === undefined || how === 'url';
  let endsInARow = 0;
  let work: Promise<void> = Promise.resolve();

  const emit = (event: StoreEvent): void => {
    const next = nextReport(report, event);
    if (sameReport(report, next)) return;
    report = next;
    options.onReport(report);
    for (const listener of listeners) listener(report);
  };

  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  const launchSafely = (launch: Launch) => async (): Promise<LaunchCommand> => {
    for (const name of definition.portNames) {
      const port = context.ports[name];
      if (port === undefined || (await isFree(port))) continue;
      throw new StackError('NO_FREE_PORT', `another program listens on port ${port}`);
    }
    return launch();
  };

  const onEnd = (reason: string): void => {
    endsInARow += 1;
    const detail = [`${definition.name} ${reason}`, ...lastLines(context.home, definition.name, 3)].join('\n  ');
    emit({ kind: endsInARow >= HOPELESS_ENDS ? 'failed' : 'unwell', detail });
  };

  const bringUp = async (): Promise<void> => {
    if (how === 'url') return emit({ kind: 'starting', detail: null });
    if (how === 'docker' && definition.composeService !== null) {
      await composeUp(context, definition.composeService);
      return emit({ kind: 'starting', detail: null });
    }
    const launch = await definition.prepare(context);
    if (stopping.signal.aborted || launch === null) return;
    emit({ kind: 'starting', detail: null });
    supervised = superviseProcess({
      name: definition.name,
      home: context.home,
      launch: launchSafely(launch),
      ...(definition.stopSignal === undefined ? {} : { stopSignal: definition.stopSignal }),
      ...(definition.stopLimitMs === undefined ? {} : { stopLimitMs: definition.stopLimitMs }),
      onLine: options.onLine,
      onEnd,
    });
  };

  const bringUpPatiently = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        return await bringUp();
      } catch (error) {
        if (stopping.signal.aborted) return;
        emit({ kind: 'failed', detail: messageOf(error) });
        await pause(RETRY_MS);
      }
    }
  };

  const examine = async (): Promise<void> => {
    if (!settled) await definition.settle?.(context);
    settled = true;
    const version = await definition.check(context.settings);
    endsInARow = 0;
    if (!stopping.signal.aborted) emit({ kind: 'healthy', version });
  };

  /** Whether a failed check is worth telling. */
  const isNews = (misses: number, startedAt: number): boolean => {
    // While a child of ours is down, its own last words say more than a refused connection.
    if (supervised !== null && supervised.pid === null) return false;
    if (report.state === 'starting') return Date.now() - startedAt >= USUAL_START_MS;
    return report.state !== 'healthy' || misses > TOLERATED_MISSES;
  };

  const watch = async (): Promise<void> => {
    const startedAt = Date.now();
    let misses = 0;
    while (!stopping.signal.aborted) {
      try {
        await examine();
        misses = 0;
      } catch (error) {
        misses += 1;
        if (stopping.signal.aborted) return;
        if (isNews(misses, startedAt)) emit({ kind: 'unwell', detail: messageOf(error) });
      }
      await pause(report.state === 'healthy' && misses === 0 ? CALM_POLL_MS : IMPATIENT_POLL_MS);
    }
  };

  return {
    get report() {
      return report;
    },
    start() {
      work = bringUpPatiently().then(watch);
    },
    ready() {
      return new Promise((resolve, reject) => {
        const listener = (now: StoreReport): void => {
          if (now.state === 'healthy') resolve();
          else if (now.state === 'failed') reject(new StackError('UNHEALTHY', `${now.name}: ${now.detail}`));
          else if (now.state === 'stopped') reject(new StackError('STOPPED', `${now.name} was stopped.`));
          else return;
          listeners.delete(listener);
        };
        listeners.add(listener);
        listener(report);
      });
    },
    async stop() {
      stopping.abort();
      await work;
      await supervised?.stop();
      if (how === 'docker' && definition.composeService !== null) await composeStop(context, definition.composeService);
      emit({ kind: 'stopped' });
    },
  };
}
