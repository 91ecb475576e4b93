import { type PartHealth, readReadiness } from '@colloquy/service';
import type { Subgraph } from '../upstream/subgraph.ts';
import type { Subgraphs } from '../upstream/subgraphs.ts';

/** A subgraph as a part of the gateway, with what it depends on itself. */
export interface SubgraphHealth extends PartHealth {
  parts?: PartHealth[];
}

export type ReadReadiness = () => Promise<{ ready: boolean; parts: SubgraphHealth[] }>;

const PATIENCE_MILLISECONDS = 3000;
/** Probes come often and from anyone, so an answer is good for this long. */
const FRESH_MILLISECONDS = 500;

/** Asks every subgraph how it is. Ready while those in `required` are. */
export function createReadiness(subgraphs: Subgraphs, required: readonly string[]): ReadReadiness {
  let last: { at: number; answer: ReturnType<ReadReadiness> } | undefined;
  const read = () => readReadiness(() => Promise.all(subgraphs.all().map(ask)), required, PATIENCE_MILLISECONDS + 500);
  return () => {
    if (!last || Date.now() - last.at > FRESH_MILLISECONDS) last = { at: Date.now(), answer: read() };
    return last.answer;
  };
}

async function ask(subgraph: Subgraph): Promise<SubgraphHealth> {
  const health = await probe(subgraph);
  const { state } = subgraph.breaker;
  // Never `failed` for that: a gateway that is not ready gets no requests, and a request is what closes the breaker.
  if (state === 'closed' || health.state !== 'healthy') return health;
  return { ...health, state: 'degraded', detail: `its circuit breaker is ${state}` };
}

async function probe({ name, url }: Subgraph): Promise<SubgraphHealth> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const response = await fetch(new URL('/health/ready', url), { signal, redirect: 'error' });
    return judge(name, response.status, await response.json().catch(() => undefined));
  } catch {
    return { name, state: 'failed', detail: 'does not answer' };
  }
}

function judge(name: string, status: number, body: unknown): SubgraphHealth {
  // A server that knows no such address still answers.
  if (status === 404) return { name, state: 'healthy', detail: 'tells nothing of its health' };
  const parts = partsOf(body);
  if (status !== 200) return { name, state: 'failed', detail: 'not ready', parts };
  return { name, state: parts.every(({ state }) => state === 'healthy') ? 'healthy' : 'degraded', parts };
}

function partsOf(body: unknown): PartHealth[] {
  const parts = (body as { parts?: unknown } | undefined)?.parts;
  return Array.isArray(parts) ? (parts as PartHealth[]) : [];
}
