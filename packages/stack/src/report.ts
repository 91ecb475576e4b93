export const STORE_NAMES = ['postgres', 'redis', 'neo4j', 'weaviate', 'model'] as const;
export type StoreName = (typeof STORE_NAMES)[number];

/** `degraded`: it was healthy, and does not answer now. */
export type StoreState = 'absent' | 'installing' | 'starting' | 'healthy' | 'degraded' | 'failed' | 'stopped';

/** Where a store comes from: an address that was set, a container engine, or a program of our own. */
export type StoreOrigin = 'url' | 'docker' | 'native';

export interface StoreReport {
  readonly name: StoreName;
  readonly state: StoreState;
  readonly how: StoreOrigin;
  readonly version: string | null;
  /** Host and port, or a folder; never a password. */
  readonly address: string | null;
  /** What is being done and how far it is, or what is missing and what to do about it. */
  readonly detail: string | null;
  /** Share of the present installation that is done, 0 to 1, where it is known. */
  readonly fraction: number | null;
}

export type StoreEvent =
  | { readonly kind: 'installing'; readonly detail: string; readonly fraction: number | null }
  | { readonly kind: 'starting'; readonly detail: string | null }
  | { readonly kind: 'healthy'; readonly version: string | null }
  | { readonly kind: 'unwell'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string }
  | { readonly kind: 'stopped' };

/** The report before anything happened. */
export function firstReport(name: StoreName, how: StoreOrigin, address: string | null): StoreReport {
  return { name, how, address, state: 'absent', version: null, detail: null, fraction: null };
}

/**
 * The report after an event. A store that was never healthy is not `degraded` but still `starting`; one that has failed
 * stays so, with its reason, until it is tried anew or answers.
 */
export function nextReport(report: StoreReport, event: StoreEvent): StoreReport {
  const quiet = { ...report, detail: null, fraction: null };
  switch (event.kind) {
    case 'installing':
      return { ...quiet, state: 'installing', detail: event.detail, fraction: advance(report, event.fraction) };
    case 'starting':
      return { ...quiet, state: 'starting', detail: event.detail };
    case 'healthy':
      return { ...quiet, state: 'healthy', version: event.version ?? report.version };
    case 'unwell':
      if (report.state === 'failed') return report;
      return { ...quiet, state: wasHealthy(report) ? 'degraded' : 'starting', detail: event.detail };
    case 'failed':
      return { ...quiet, state: 'failed', detail: event.detail };
    case 'stopped':
      return { ...quiet, state: 'stopped' };
  }
}

/** Whether two reports would be shown alike. */
export function sameReport(one: StoreReport, other: StoreReport): boolean {
  return (Object.keys(one) as (keyof StoreReport)[]).every((key) => one[key] === other[key]);
}

/** A bar never moves backwards while one installation runs. */
function advance(report: StoreReport, fraction: number | null): number | null {
  if (fraction === null) return report.state === 'installing' ? report.fraction : null;
  const bounded = Math.min(1, Math.max(0, fraction));
  return report.state === 'installing' ? Math.max(report.fraction ?? 0, bounded) : bounded;
}

function wasHealthy(report: StoreReport): boolean {
  return report.state === 'healthy' || report.state === 'degraded';
}
