import type { FetchRequest, SubgraphAnswer } from '../executor/fetch.ts';
import { cloneJson } from '../executor/json.ts';
import { ExchangeError } from './http/errors.ts';

/** Headers that say nothing of what is asked, or by whom. */
const OF_ONE_REQUEST: ReadonlySet<string> = new Set(['x-request-id', 'traceparent', 'tracestate', 'baggage']);

type Ask = (signal: AbortSignal) => Promise<SubgraphAnswer>;

interface Shared {
  readonly answer: Promise<SubgraphAnswer>;
  readonly controller: AbortController;
  /** Those who still wait. */
  callers: number;
}

/** Identical queries that are under way at the same time share one request. */
export interface Deduplicator {
  /** One caller's leaving does not disturb the others; when all have left, the request is broken off. */
  share(key: string, ask: Ask, signal: AbortSignal | undefined): Promise<SubgraphAnswer>;
}

/** `joined` is called for each query that gets its answer, or failure, from the request of another one. */
export function createDeduplicator(joined: () => void): Deduplicator {
  const underWay = new Map<string, Shared>();

  function begin(key: string, ask: Ask): Shared {
    const controller = new AbortController();
    const answer = ask(controller.signal);
    const shared: Shared = { answer, controller, callers: 0 };
    const over = () => forget(key, shared);
    answer.then(over, over);
    underWay.set(key, shared);
    return shared;
  }

  function forget(key: string, shared: Shared): void {
    if (underWay.get(key) === shared) underWay.delete(key);
  }

  return {
    async share(key, ask, signal) {
      const found = underWay.get(key);
      const shared = found ?? begin(key, ask);
      if (found) joined();
      shared.callers++;
      const answer = await unlessAborted(shared.answer, signal, () => {
        if (--shared.callers > 0) return;
        forget(key, shared);
        shared.controller.abort();
      });
      // Whoever gets an answer changes it, so all but the last one get a copy.
      return --shared.callers === 0 ? answer : { ...answer, data: cloneJson(answer.data) };
    },
  };
}

/**
 * What must be the same for two queries to share a request: the body, and all headers that are forwarded. `identity`
 * stands for the header that tells who asks, where that is signed anew for each operation.
 */
export function sharingKey(
  request: FetchRequest,
  headers: Readonly<Record<string, string>>,
  identity?: { header: string; key: string },
): string {
  // No header has a line break, and JSON has none in its strings, so no two requests have the same key by chance.
  let key = identity ? `${JSON.stringify(identity.key)}\n` : '';
  for (const name in headers) {
    if (!OF_ONE_REQUEST.has(name) && name !== identity?.header) key += `${name}:${headers[name]}\n`;
  }
  return `${key}\n${request.body}`;
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined, leave: () => void): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => {
      leave();
      reject(new ExchangeError('aborted', 'Whoever asked is gone.'));
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
