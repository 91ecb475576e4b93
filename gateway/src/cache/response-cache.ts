import type { CacheConfig } from '../config/cache.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import type { Answer, Operation } from '../operation/operation.ts';
import type { Executed } from '../operation/run-plan.ts';
import type { Mark, Store } from '../storage/store.ts';
import type { CachingOf } from './caching.ts';
import { decodeAnswer, encodeAnswer } from './entry.ts';
import { answerKey, ownerOf } from './key.ts';
import type { AnswerSlot } from './slot.ts';
import { tagsOfAnswer } from './tags.ts';
import type { Vary } from './vary.ts';

export interface ResponseCache {
  /** The kept answer, or undefined; then the operation remembers where its own is to be kept. */
  readonly readCache: (operation: Operation) => Answer | undefined | Promise<Answer | undefined>;
  /** Keeps an answer without errors, and says in its headers for how long it is good. */
  readonly keepAnswer: (operation: Operation, executed: Executed) => void;
}

const NOT_KEPT = 'no-store';

export function createResponseCache(
  config: Pick<CacheConfig, 'claims' | 'answerBytes'>,
  options: { store: Store; cachingOf: CachingOf; vary: Vary; telemetry: Pick<Telemetry, 'lookup'> },
): ResponseCache {
  const { store, cachingOf, vary, telemetry } = options;

  function slotOf(operation: Operation): AnswerSlot | undefined {
    const { prepared, context, variables, generation } = operation;
    // What this client may not see is an error beside the data, and answers with errors are not kept.
    if (prepared.definition.operation !== 'query' || operation.errors.length > 0) return undefined;
    const caching = cachingOf(operation);
    const { maxAge, scope } = caching.policy;
    if (!maxAge) return undefined;
    const owner = scope === 'PRIVATE' ? ownerOf(context.caller.claims, config.claims) : null;
    if (owner === undefined) return undefined;
    const key = answerKey({
      generationId: generation.id,
      operationHash: caching.operationHash,
      visibleKey: operation.visible.key,
      variables,
      scope,
      owner,
      varying: vary.of(context.headers),
    });
    return { key, maxAge, scope, caching, since: undefined };
  }

  function answerFrom(operation: Operation, slot: AnswerSlot, text: string | undefined, mark: Mark | undefined) {
    const found = text === undefined ? undefined : decodeAnswer(text);
    telemetry.lookup('responses', found !== undefined);
    if (!found) {
      slot.since = mark;
      operation.slot = slot;
      return undefined;
    }
    const { responseHeaders, record } = operation;
    record.cached();
    sayGood(operation, found);
    responseHeaders.age = String(Math.max(0, Math.floor((Date.now() - found.keptAt) / 1000)));
    return { kind: 'answer', json: found.json, status: 200, headers: responseHeaders } as const;
  }

  /**
   * A cache between client and gateway knows no tokens: what it may give to everyone is a public answer to a client that
   * showed none.
   */
  function sayGood({ responseHeaders, context }: Operation, { maxAge, scope }: Pick<AnswerSlot, 'maxAge' | 'scope'>) {
    const forEveryone = scope === 'PUBLIC' && context.caller.claims === null;
    responseHeaders['cache-control'] = `max-age=${maxAge}, ${forEveryone ? 'public' : 'private'}`;
    if (vary.header !== undefined) responseHeaders.vary = vary.header;
  }

  async function readLater(operation: Operation, slot: AnswerSlot, reading: [LateText, LateMark]) {
    const [text, mark] = await Promise.all(reading);
    return answerFrom(operation, slot, text, mark);
  }

  return {
    readCache(operation) {
      const demand = demandOf(operation);
      const slot = demand === NOT_KEPT ? undefined : slotOf(operation);
      if (!slot) {
        operation.responseHeaders['cache-control'] = NOT_KEPT;
        return undefined;
      }
      const text = demand === 'no-cache' ? undefined : store.get(slot.key);
      const mark = store.mark();
      if (typeof text === 'object' || typeof mark === 'object') return readLater(operation, slot, [text, mark]);
      return answerFrom(operation, slot, text, mark);
    },

    keepAnswer(operation, { answer: { json }, errors }) {
      const { slot } = operation;
      if (!slot) return;
      if (errors.length > 0) {
        operation.responseHeaders['cache-control'] = NOT_KEPT;
        return;
      }
      sayGood(operation, slot);
      const { key, maxAge, scope, caching, since } = slot;
      if (since === undefined || Buffer.byteLength(json) > config.answerBytes) return;
      const value = encodeAnswer({ keptAt: Date.now(), maxAge, scope, json });
      store.set(key, value, { ttlSeconds: maxAge, tags: tagsOfAnswer(caching, json), since });
    },
  };
}

type LateText = ReturnType<Store['get']>;
type LateMark = ReturnType<Store['mark']>;

/**
 * What the request says of caches. Not of a socket: browsers send `no-cache` with every handshake, and it says nothing
 * of the operations that follow.
 */
function demandOf({ context }: Operation): 'no-store' | 'no-cache' | undefined {
  const demand = context.streams ? undefined : context.headers['cache-control'];
  if (demand === undefined) return undefined;
  if (demand.includes('no-store')) return 'no-store';
  return demand.includes('no-cache') ? 'no-cache' : undefined;
}
