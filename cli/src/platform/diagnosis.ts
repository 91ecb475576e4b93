import type { Settings } from '../environment.ts';
import { platformLayout } from './layout.ts';
import { SERVICES } from './ports.ts';
import { askReady, type Readiness } from './readiness.ts';
import { type PlatformState, readPlatformState, type StoredReport } from './state-file.ts';

/** How a store or a process is. */
export interface PartReport {
  name: string;
  state: 'healthy' | 'degraded' | 'failed';
  how: string | null;
  version: string | null;
  address: string | null;
  /** What is the matter and what to do about it; null when nothing is. */
  detail: string | null;
}

export interface Diagnosis {
  stores: PartReport[];
  processes: PartReport[];
}

const STORES = ['postgres', 'redis', 'neo4j', 'weaviate', 'model'];
/** The supervisor writes every five seconds; one that is silent for much longer hangs. */
const STALE_MS = 30_000;

/** Whether nothing is wrong at all. */
export function isHealthy({ stores, processes }: Diagnosis): boolean {
  return [...stores, ...processes].every((part) => part.state === 'healthy');
}

/** Looks at the platform of this home: what its supervisor last wrote, and what each process answers now. */
export async function diagnose(settings: Settings): Promise<Diagnosis> {
  const state = await readPlatformState(platformLayout(settings.COLLOQUY_HOME).stateFile);
  return state ? diagnoseRunning(state, Date.now()) : diagnoseStopped(settings);
}

async function diagnoseRunning(state: PlatformState, now: number): Promise<Diagnosis> {
  const silent = now - Date.parse(state.updatedAt);
  const supervisor: PartReport = {
    name: 'supervisor',
    state: silent > STALE_MS ? 'degraded' : 'healthy',
    how: `pid ${state.pid}`,
    version: null,
    address: null,
    detail: silent > STALE_MS ? `silent for ${Math.round(silent / 1000)} s; \`colloquy stop\` ends it` : null,
  };
  const services = await Promise.all(
    state.services.map(async (service) => diagnoseService(service, await askReady(service.probe))),
  );
  return { stores: state.stores.map(diagnoseStore), processes: [supervisor, ...services] };
}

/** A store's report in the three states of a diagnosis. */
export function diagnoseStore(report: StoredReport): PartReport {
  const { name, how, version, address } = report;
  if (report.state === 'healthy') return { name, state: 'healthy', how, version, address, detail: report.detail };
  const state = report.state === 'failed' || report.state === 'stopped' ? 'failed' : 'degraded';
  const far = report.fraction === null ? '' : ` ${Math.floor(report.fraction * 100)} %`;
  const detail = `${report.state}${far}${report.detail ? `: ${report.detail}` : ''}`;
  return { name, state, how, version, address, detail };
}

/** A process by what it answers: healthy when ready, degraded when it is there but not ready, failed when it is silent. */
export function diagnoseService(service: PlatformState['services'][number], ready: Readiness): PartReport {
  const { name, address, log } = service;
  const how = service.pid === null ? 'not running' : `pid ${service.pid}`;
  const again = service.restarts > 0 ? `started again ${service.restarts} times; ` : '';
  if (ready.status === 200) {
    return {
      name,
      state: 'healthy',
      how,
      version: null,
      address,
      detail: service.restarts > 0 ? again.slice(0, -2) : null,
    };
  }
  const state = ready.status === null ? 'failed' : 'degraded';
  const said = ready.status === null ? String(ready.body) : `HTTP ${ready.status} ${JSON.stringify(ready.body)}`;
  return { name, state, how, version: null, address, detail: `${again}${said}; log: ${log}` };
}

async function diagnoseStopped(settings: Settings): Promise<Diagnosis> {
  const detail = 'not running here; `npm start` starts it';
  const absent = (name: string): PartReport => ({
    name,
    state: 'failed',
    how: null,
    version: null,
    address: null,
    detail,
  });
  const gateway = await askReady(`${settings.COLLOQUY_URL}/health/ready`);
  const elsewhere = gateway.status === null ? [] : [remoteGateway(settings.COLLOQUY_URL, gateway)];
  return {
    stores: STORES.map(absent),
    processes: elsewhere.length > 0 ? elsewhere : SERVICES.map(absent),
  };
}

function remoteGateway(url: string, ready: Readiness): PartReport {
  return {
    name: 'gateway',
    state: ready.status === 200 ? 'healthy' : 'degraded',
    how: 'url',
    version: null,
    address: url,
    detail: `not started from this COLLOQUY_HOME; it says ${JSON.stringify(ready.body)}`,
  };
}
