import { type DeletionKind, type DeletionStep, mintUuid } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';
import { cancelSession } from '../events/end.ts';
import { enqueueDeletion } from './queueing.ts';

/** Something to be deleted, as the audit line names it. */
interface Subject {
  id: string;
  /** Names it without its content. */
  name: string;
  /** UUIDs of the archives whose stored file holds it. */
  heldBy: string[];
}

// The same bytes are one archive, whichever of its announcements is named.
const ARCHIVE = `
SELECT holder.id, holder.file_name AS name, '{}'::uuid[] AS "heldBy"
FROM intelligence.source_archives a
JOIN intelligence.source_archives holder ON holder.tenant_id = a.tenant_id AND holder.id = coalesce(a.same_as, a.id)
WHERE a.tenant_id = $1 AND a.id = $2 FOR UPDATE OF holder`;
const CONVERSATION = `
SELECT c.id, p.name || ' ' || c.external_id AS name, array(
  SELECT s.archive_id FROM intelligence.session_conversations sc
  JOIN intelligence.extraction_sessions s ON s.tenant_id = sc.tenant_id AND s.id = sc.session_id
  WHERE sc.tenant_id = c.tenant_id AND sc.conversation_id = c.id ORDER BY sc.visit) AS "heldBy"
FROM intelligence.conversations c JOIN intelligence.platforms p ON p.id = c.platform_id
WHERE c.tenant_id = $1 AND c.id = $2`;
const MESSAGE = `
SELECT m.id, p.name || ' ' || c.external_id || ' / ' || m.external_id AS name, array(
  SELECT s.archive_id FROM intelligence.session_conversations sc
  JOIN intelligence.extraction_sessions s ON s.tenant_id = sc.tenant_id AND s.id = sc.session_id
  WHERE sc.tenant_id = c.tenant_id AND sc.conversation_id = c.id AND sc.visit >= m.first_visit AND NOT EXISTS (
    SELECT FROM intelligence.message_absences x WHERE x.tenant_id = m.tenant_id AND x.message_id = m.id AND x.visit = sc.visit)
  ORDER BY sc.visit) AS "heldBy"
FROM intelligence.messages m
JOIN intelligence.conversations c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
JOIN intelligence.platforms p ON p.id = c.platform_id
WHERE m.tenant_id = $1 AND m.id = $2`;
const FIND: Record<DeletionKind, string> = { ARCHIVE, CONVERSATION, MESSAGE };

const OPEN = `
SELECT id, status FROM intelligence.deletions
WHERE tenant_id = $1 AND subject_id = $2 AND kind = $3 AND status <> 'COMPLETED' FOR UPDATE`;
const REOPEN = `
UPDATE intelligence.deletions SET status = 'PROCESSING', failures = 0, error_message = NULL
WHERE tenant_id = $1 AND id = $2 RETURNING step`;
const INSERT = `
INSERT INTO intelligence.deletions (tenant_id, id, kind, subject_id, subject_name, held_by, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (tenant_id, subject_id) WHERE status <> 'COMPLETED' DO NOTHING`;

// From here on the archive is nobody's: the same bytes sent again are a new one, and nothing starts its extraction.
const TAKE_BYTES = `
WITH taken AS (
  SELECT object_key, byte_size FROM intelligence.source_archives WHERE tenant_id = $1 AND id = $2 AND object_key IS NOT NULL
)
INSERT INTO intelligence.deletion_tasks (tenant_id, deletion_id, kind, subject, byte_size)
SELECT $1, $3, 'OBJECT', object_key, byte_size FROM taken`;
const WITHDRAW_BYTES = `
UPDATE intelligence.source_archives SET sha256 = NULL, object_key = NULL WHERE tenant_id = $1 AND id = $2`;
const RUNNING = `
SELECT id FROM intelligence.extraction_sessions
WHERE tenant_id = $1 AND archive_id = $2 AND status IN ('PENDING', 'PROCESSING') FOR NO KEY UPDATE`;

export interface RequestedDeletion {
  deletionId: string;
  /** The running extraction that was cancelled for it. */
  cancelledSessionId: string | null;
}

/**
 * Asks for something to be deleted, in the caller's transaction: the audit line, and the first job. One that was asked
 * for before and is not completed is returned, and goes on if it had failed. Null when the tenant has no such thing.
 */
export async function requestDeletion(
  client: TenantClient,
  request: { kind: DeletionKind; subjectId: string; userId: string },
): Promise<RequestedDeletion | null> {
  const { kind, userId } = request;
  const { rows } = await client.query<Subject>(FIND[kind], [client.tenantId, request.subjectId]);
  const subject = rows[0];
  const open = await openDeletion(client, kind, subject?.id ?? request.subjectId);
  if (open !== null) return { deletionId: open, cancelledSessionId: null };
  if (!subject) return null;

  const deletionId = mintUuid();
  const values = [client.tenantId, deletionId, kind, subject.id, subject.name, subject.heldBy, userId];
  const inserted = await client.query(INSERT, values);
  if (inserted.rowCount === 0) {
    const other = await openDeletion(client, kind, subject.id);
    return other === null ? null : { deletionId: other, cancelledSessionId: null };
  }
  const cancelledSessionId = kind === 'ARCHIVE' ? await withdrawArchive(client, deletionId, subject.id) : null;
  await enqueueDeletion(client, deletionId, 'ERASE');
  return { deletionId, cancelledSessionId };
}

async function openDeletion(client: TenantClient, kind: DeletionKind, subjectId: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string; status: string }>(OPEN, [client.tenantId, subjectId, kind]);
  const [open] = rows;
  if (!open) return null;
  if (open.status === 'FAILED') {
    const reopened = await client.query<{ step: DeletionStep }>(REOPEN, [client.tenantId, open.id]);
    for (const { step } of reopened.rows) await enqueueDeletion(client, open.id, step);
  }
  return open.id;
}

async function withdrawArchive(client: TenantClient, deletionId: string, archiveId: string): Promise<string | null> {
  const { tenantId } = client;
  const { rows } = await client.query<{ id: string }>(RUNNING, [tenantId, archiveId]);
  const [session] = rows;
  if (session) await cancelSession(client, session.id);
  await client.query(TAKE_BYTES, [tenantId, archiveId, deletionId]);
  await client.query(WITHDRAW_BYTES, [tenantId, archiveId]);
  return session?.id ?? null;
}
