import { inTenant, markEmbedded, replaceChunks, staleConversations, type TenantScope } from '@colloquy/database';
import type { Embedder } from '@colloquy/embedding';
import type { PipelineContext } from '../context.ts';
import { cutConversations } from '../stages/chunk.ts';
import { embedMissing } from '../stages/vectors.ts';

const BATCH = 10;

/** Cuts and embeds anew up to 10 conversations that were embedded under another version; the number of them. */
export async function refreshVectors(
  context: PipelineContext,
  scope: TenantScope,
  embedder: Embedder,
  signal: AbortSignal,
): Promise<number> {
  const version = embedder.version.id;
  const ids = await inTenant(context.database, scope, (client) => staleConversations(client, version, BATCH));
  if (ids.length === 0) return 0;
  const cut = await cutConversations(context, scope, embedder, ids);
  await inTenant(context.database, scope, async (client) => {
    for (const [id, chunks] of cut) await replaceChunks(client, id, version, chunks);
  });
  const whole = await embedMissing(context, scope, embedder, ids, signal, (_share, store) =>
    inTenant(context.database, scope, store),
  );
  if (whole) await inTenant(context.database, scope, (client) => markEmbedded(client, version, ids));
  return ids.length;
}
