import { type DeletionRecord, requestDeletion } from '@colloquy/database';
import type { DeletionKind } from '@colloquy/domain';
import { requireRole } from '../../access.ts';
import type { ArchiveContext } from '../../context.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';

const NAMES: Record<DeletionKind, string> = {
  ARCHIVE: 'delete archives',
  CONVERSATION: 'delete conversations',
  MESSAGE: 'delete messages',
};

/** Asks for a deletion; null when the viewer's tenant has no such thing. Throws ForbiddenError below CURATOR. */
export async function askToDelete(
  { viewer, store, loaders, bell }: ArchiveContext,
  kind: DeletionKind,
  subjectId: string | null,
): Promise<DeletionRecord | null> {
  requireRole(viewer, 'CURATOR', NAMES[kind]);
  if (subjectId === null) return null;
  const requested = await store.transact((client, { userId }) => requestDeletion(client, { kind, subjectId, userId }));
  if (requested === null) return null;
  if (requested.cancelledSessionId !== null) bell.ring(requested.cancelledSessionId);
  return loadExisting(loaders.deletion, requested.deletionId);
}
