import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddingFailedError } from '../errors.ts';

export interface Service {
  readonly address: string;
  readonly model: string;
  readonly apiKey?: string | undefined;
}

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 10_000;
const TIMEOUT_MS = 60_000;
const SHOWN_OF_ANSWER = 200;

/** A refusal that the same request may not meet again. */
class TransientError extends Error {
  readonly pauseMs: number | null;
  constructor(message: string, pauseMs: number | null, options?: ErrorOptions) {
    super(message, options);
    this.pauseMs = pauseMs;
  }
}

/**
 * One request, repeated with growing pauses (or those that the service asks for) while it is overloaded or away.
 * Throws EmbeddingFailedError with what the service answered.
 */
export async function requestEmbeddings(
  service: Service,
  input: readonly string[],
  signal: AbortSignal,
): Promise<number[][]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await requestOnce(service, input, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransientError)) throw error;
      if (attempt === ATTEMPTS) throw new EmbeddingFailedError(error.message, { cause: error });
      const pause = error.pauseMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1);
      await delay(Math.min(MAX_PAUSE_MS, pause), undefined, { signal });
    }
  }
}

async function requestOnce(service: Service, input: readonly string[], signal: AbortSignal): Promise<number[][]> {
  const response = await send(service, input, signal);
  const body = await response.text();
  if (!response.ok) {
    const message = `${service.address} answered ${response.status}: ${body.slice(0, SHOWN_OF_ANSWER)}`;
    if (response.status === 429 || response.status >= 500) throw new TransientError(message, retryAfter(response));
    throw new EmbeddingFailedError(message);
  }
  return vectorsIn(body, input.length, service.address);
}

async function send(service: Service, input: readonly string[], signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (service.apiKey) headers.authorization = `Bearer ${service.apiKey}`;
  try {
    return await fetch(service.address, {
      method: 'POST',
      headers,
      body: JSON.stringify({ model: service.model, input, encoding_format: 'float' }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
  } catch (cause) {
    throw new TransientError(`${service.address} cannot be reached.`, null, { cause });
  }
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}

/** The vectors in the order of the inputs; `index`, not the position, says which input one belongs to. */
function vectorsIn(body: string, expected: number, address: string): number[][] {
  let parsed: { data?: { index?: number; embedding?: number[] }[] };
  try {
    parsed = JSON.parse(body) as typeof parsed;
  } catch (cause) {
    throw new EmbeddingFailedError(`${address} answered no JSON: ${body.slice(0, SHOWN_OF_ANSWER)}`, { cause });
  }
  const vectors: number[][] = [];
  for (const [position, entry] of (parsed.data ?? []).entries()) {
    if (Array.isArray(entry.embedding)) vectors[entry.index ?? position] = entry.embedding;
  }
  const complete = vectors.length === expected && Array.from(vectors).every((vector) => vector !== undefined);
  if (!complete) throw new EmbeddingFailedError(`${address}: expected ${expected} vectors, got ${vectors.length}.`);
  return vectors;
}
