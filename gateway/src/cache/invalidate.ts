import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpError, readJson, respondJson, StoreUnavailableError } from '@colloquy/service';
import { z } from 'zod';
import type { Step } from '../request/exchange.ts';
import type { Store } from '../storage/store.ts';
import { tagsToInvalidate } from './tags.ts';

export const INVALIDATION_PATH = '/cache/invalidate';
export const INVALIDATION_HEADER = 'x-invalidation-secret';

const MAX_BYTES = 1024 * 1024;
const idPart = z.union([z.string(), z.number()]);

const invalidation = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        type: z.string().min(1),
        /** Of a type with several key fields, their values in the order of `cache.keys`. */
        id: z.union([idPart.transform((id) => [id]), z.array(idPart).min(1)]).optional(),
      }),
    )
    .min(1)
    .max(1000),
});

/** Lets whoever knows the secret remove the kept answers that may have objects of these types, or these objects. */
export function invalidateAnswers(store: Store, secret: string): Step {
  const expected = digest(secret);
  return async ({ pathname, request, response }) => {
    if (pathname !== INVALIDATION_PATH || request.method !== 'POST') return false;
    const given = request.headers[INVALIDATION_HEADER];
    if (typeof given !== 'string' || !timingSafeEqual(digest(given), expected)) {
      throw new HttpError(401, 'UNAUTHENTICATED', `The header ${INVALIDATION_HEADER} does not hold.`);
    }
    const body = invalidation.safeParse(await readJson(request, MAX_BYTES));
    if (!body.success) throw new HttpError(400, 'BAD_REQUEST', z.prettifyError(body.error));
    const tags = new Set(body.data.entries.flatMap(tagsToInvalidate));
    respondJson(response, 200, { invalidated: await invalidate(store, [...tags]) });
    return true;
  };
}

async function invalidate(store: Store, tags: readonly string[]): Promise<number> {
  try {
    return await store.invalidate(tags);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    throw new HttpError(503, 'STORE_UNAVAILABLE', error.message);
  }
}

/** Digests are equally long, as the comparison wants them. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
