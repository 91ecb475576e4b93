import type { TenantClient } from '../connection/tenant.ts';

/**
 * What is yet to be done outside the transaction that found it. CONVERSATION, ITEM, MESSAGE: gone from PostgreSQL, and to
 * go from the projections. REVISED: a message whose chunks were of a text that is gone. CHANGED: a conversation to be
 * extracted anew. UNRELATED: one that lost relations, to be related anew. TEXT: hash of a text whose vectors may be unused.
 */
export type DeletionTaskKind = 'CONVERSATION' | 'ITEM' | 'MESSAGE' | 'REVISED' | 'CHANGED' | 'UNRELATED' | 'TEXT';

const ADD = `
INSERT INTO intelligence.deletion_tasks (tenant_id, deletion_id, kind, subject)
SELECT $1, $2, $3, subject FROM unnest($4::text[]) AS subject ON CONFLICT DO NOTHING`;

/** Notes tasks; those that are noted already stay as they are. */
export async function addTasks(
  client: TenantClient,
  deletionId: string,
  kind: DeletionTaskKind,
  subjects: readonly string[],
): Promise<void> {
  if (subjects.length > 0) await client.query(ADD, [client.tenantId, deletionId, kind, subjects]);
}

const PENDING = `
SELECT kind, subject FROM intelligence.deletion_tasks
WHERE tenant_id = $1 AND deletion_id = $2 AND kind = ANY ($3::text[]) AND NOT done ORDER BY kind, subject LIMIT $4`;

/** Subjects of tasks that are not done, by kind; at most `limit` in all. */
export async function pendingTasks<Kind extends DeletionTaskKind>(
  client: TenantClient,
  deletionId: string,
  kinds: readonly Kind[],
  limit: number,
): Promise<Record<Kind, string[]>> {
  const values = [client.tenantId, deletionId, kinds, limit];
  const { rows } = await client.query<{ kind: Kind; subject: string }>(PENDING, values);
  const byKind = Object.fromEntries(kinds.map((kind) => [kind, [] as string[]])) as Record<Kind, string[]>;
  for (const { kind, subject } of rows) byKind[kind].push(subject);
  return byKind;
}

const FINISH = `
UPDATE intelligence.deletion_tasks SET done = true
WHERE tenant_id = $1 AND deletion_id = $2 AND kind = $3 AND subject = ANY ($4::text[])`;

export async function finishTasks(
  client: TenantClient,
  deletionId: string,
  tasks: Readonly<Partial<Record<DeletionTaskKind, readonly string[]>>>,
): Promise<void> {
  for (const [kind, subjects] of Object.entries(tasks))
    if (subjects.length > 0) await client.query(FINISH, [client.tenantId, deletionId, kind, subjects]);
}

const AGAIN = `
UPDATE intelligence.deletion_tasks SET done = false WHERE tenant_id = $1 AND deletion_id = $2 AND kind = ANY ($3::text[])`;

/** Lets tasks be done once more. */
export async function repeatTasks(
  client: TenantClient,
  deletionId: string,
  kinds: readonly DeletionTaskKind[],
): Promise<void> {
  await client.query(AGAIN, [client.tenantId, deletionId, kinds]);
}

const FORGET = `DELETE FROM intelligence.deletion_tasks WHERE tenant_id = $1 AND deletion_id = $2`;

export async function forgetTasks(client: TenantClient, deletionId: string): Promise<void> {
  await client.query(FORGET, [client.tenantId, deletionId]);
}
