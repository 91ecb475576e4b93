import type { TenantClient } from '../connection/tenant.ts';
import { hashText } from './description.ts';
import type { IncomingConversation, IncomingFormerText } from './incoming.ts';
import type { MessageRow } from './messages.ts';

const GIVE = `
INSERT INTO intelligence.message_revisions (tenant_id, message_id, revision, visit, text, content_hash, replaced_at)
SELECT $1, r.id, r.revision, $3, r.text, decode(r.content_hash, 'hex'), coalesce(r.replaced_at, now())
FROM json_to_recordset($2::json) AS r (id uuid, revision integer, text text, content_hash text, replaced_at timestamptz)`;
const NUMBER = `
UPDATE intelligence.messages m SET revision = r.revision FROM json_to_recordset($2::json) AS r (id uuid, revision integer)
WHERE m.tenant_id = $1 AND m.id = r.id`;
const VANISH = `
UPDATE intelligence.messages m SET absent_since = r.absent_since FROM json_to_recordset($2::json) AS r (id uuid, absent_since timestamptz)
WHERE m.tenant_id = $1 AND m.id = r.id AND m.absent_since IS NULL`;
const GIVE_TITLES = `
INSERT INTO intelligence.conversation_titles (tenant_id, conversation_id, ordinal, title, visit, replaced_at)
SELECT $1, $2, r.place, r.title, $4, coalesce(r.replaced_at, now())
FROM ROWS FROM (json_to_recordset($3::json) AS (title text, replaced_at timestamptz)) WITH ORDINALITY AS r (title, replaced_at, place)`;

/** A conversation that is stored, as one visit found it. */
export interface VisitedConversation {
  id: string;
  visit: number;
  incoming: IncomingConversation;
  idOf: ReadonlyMap<string, string>;
  /** The messages that this visit added. */
  rows: readonly MessageRow[];
  /** Whether the export is the newest that held the conversation. */
  newest: boolean;
}

/**
 * Stores what an archive remembers from before it: former texts and titles, and what had vanished. Only our own format
 * remembers. What was stored already has a history of its own, which stays as it is.
 */
export async function restoreHistory(client: TenantClient, visited: VisitedConversation): Promise<void> {
  const { id, visit, incoming, idOf, rows, newest } = visited;
  const { tenantId } = client;
  const run = async (statement: string, records: readonly object[], ...more: unknown[]) => {
    if (records.length > 0) await client.query(statement, [tenantId, JSON.stringify(records), ...more]);
  };
  const revised = rows.flatMap(({ id: messageId, message: { formerTexts } }) =>
    formerTexts ? [{ messageId, formerTexts }] : [],
  );
  await run(GIVE, revised.flatMap(toRecords), visit);
  await run(
    NUMBER,
    revised.map(({ messageId, formerTexts }) => ({ id: messageId, revision: freeNumber(formerTexts) })),
  );
  const vanished = newest ? incoming.messages : rows.map(({ message }) => message);
  await run(
    VANISH,
    vanished.flatMap(({ externalId, absentSince }) =>
      absentSince ? [{ id: idOf.get(externalId), absent_since: absentSince }] : [],
    ),
  );
  if (visit > 1 || !incoming.formerTitles) return;
  const titles = incoming.formerTitles.map(({ title, replacedAt }) => ({ title, replaced_at: replacedAt }));
  await client.query(GIVE_TITLES, [tenantId, id, JSON.stringify(titles), visit]);
}

function toRecords({ messageId, formerTexts }: { messageId: string; formerTexts: readonly IncomingFormerText[] }) {
  return formerTexts.map(({ revision, text, replacedAt }) => ({
    id: messageId,
    revision,
    text,
    content_hash: hashText(text).toString('hex'),
    replaced_at: replacedAt,
  }));
}

/** The number of the present text: the one that the others leave. */
function freeNumber(former: readonly IncomingFormerText[]): number {
  const taken = new Set(former.map(({ revision }) => revision));
  let free = 1;
  while (taken.has(free)) free++;
  return free;
}
