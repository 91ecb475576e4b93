import {
  inTenant,
  type MissingText,
  missingTexts,
  storeVectors,
  type TenantClient,
  type TenantScope,
} from '@colloquy/database';
import type { Embedder } from '@colloquy/embedding';
import type { PipelineContext } from '../context.ts';

/** Texts embedded per transaction: well under a second of work, so that progress shows and little is lost. */
const BATCH = 256;

/** Stores a batch of vectors in a transaction of the caller's making; `share` (0..1) of all batches is done with it. */
export type StoreBatch = (share: number, store: (client: TenantClient) => Promise<void>) => Promise<void>;

/** Embeds what some conversations lack, batch by batch; false when it was told to stop before the end. */
export async function embedMissing(
  context: PipelineContext,
  scope: TenantScope,
  embedder: Embedder,
  conversationIds: readonly string[],
  signal: AbortSignal,
  commit: StoreBatch,
): Promise<boolean> {
  const version = embedder.version.id;
  const missing = await inTenant(context.database, scope, (client) => missingTexts(client, version, conversationIds));
  const work = batches(missing);
  const start = (index: number) => {
    const vectors = embedder.embed((work[index] ?? []).map(({ content }) => content));
    // Heard when its turn comes, or not at all when the batch before it fails first.
    vectors.catch(() => undefined);
    return vectors;
  };
  let upcoming = start(0);
  for (const [index, texts] of work.entries()) {
    if (signal.aborted) return false;
    const vectors = await upcoming;
    // The model goes on with the next batch while this one is stored.
    upcoming = start(index + 1);
    await commit((index + 1) / work.length, (client) => storeVectors(client, version, texts, vectors));
  }
  return true;
}

/** Texts of like length together: a batch takes as long as its longest. */
function batches(missing: readonly MissingText[]): MissingText[][] {
  const sorted = missing.toSorted((a, b) => a.content.length - b.content.length || (a.textHash < b.textHash ? -1 : 1));
  return Array.from({ length: Math.ceil(sorted.length / BATCH) }, (_, index) =>
    sorted.slice(index * BATCH, (index + 1) * BATCH),
  );
}
