import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTenant, openDatabase } from '@colloquy/database';
import { tenantUuid, toId } from '@colloquy/domain';
import { type GraphEdge, type GraphNode, openGraph } from '@colloquy/graph';
import { openVectorIndex, type VectorIndex } from '@colloquy/vectors';

/**
 * Everything that a tenant has in the three stores, by natural keys: ids are minted anew in every import, so two
 * imports of the same archive are equal exactly when these lists are.
 */
export interface Snapshot {
  conversations: string[];
  messages: string[];
  items: string[];
  evidence: string[];
  relations: string[];
  graphNodes: string[];
  graphEdges: string[];
  chunks: string[];
  /** Messages and items that search holds at least one chunk of. */
  owners: string[];
}

/** A snapshot with what no natural key tells: how much else there is. */
export interface WholeSnapshot extends Snapshot {
  /** Rows of the tenant in every table of PostgreSQL that has any, but for what depends on timing alone. */
  rows: string[];
  /** The sessions with their counts. */
  sessions: string[];
  /** Length and hash of every object of the tenant, whether a row knows of it or not. */
  objects: string[];
}

type Settings = Readonly<Record<string, string>>;

const need = (settings: Settings, name: string): string => {
  const value = settings[name];
  if (value === undefined) throw new Error(`The platform has no ${name}.`);
  return value;
};

const CONVERSATIONS = `
SELECT c.id, concat_ws('|', p.name, c.external_id) AS key, concat_ws('|', p.name, c.external_id, c.title, c.message_count, c.started_at, c.ended_at) AS line
FROM intelligence.conversations c JOIN intelligence.platforms p ON p.id = c.platform_id`;
const MESSAGES = `
SELECT m.id, concat_ws('|', c.external_id, m.external_id) AS key,
  concat_ws('|', c.external_id, m.external_id, parent.external_id, m.role, m.sequence, m.hidden, m.created_at, md5(m.text), md5(m.raw::text)) AS line
FROM intelligence.messages m JOIN intelligence.conversations c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
LEFT JOIN intelligence.messages parent ON parent.tenant_id = m.tenant_id AND parent.id = m.parent_id`;
const ITEMS = `
SELECT i.id, concat_ws('|', c.external_id, i.type, m.external_id, i.evidence_start, i.evidence_end) AS key,
  concat_ws('|', c.external_id, i.type, m.external_id, i.evidence_start, i.evidence_end, i.title, md5(i.content), i.confidence_score,
    i.completeness_score, i.priority_score, i.tags, i.occurred_at) AS line
FROM intelligence.intelligence_items i JOIN intelligence.conversations c ON c.tenant_id = i.tenant_id AND c.id = i.conversation_id
JOIN intelligence.messages m ON m.tenant_id = i.tenant_id AND m.id = i.evidence_message_id`;
const EVIDENCE = `SELECT item_id, message_id, ordinal, start_offset, end_offset, quote FROM intelligence.item_evidence`;
const RELATIONS = `SELECT source_id, target_id, type, strength, confidence, reason, metadata::text FROM intelligence.intelligence_relationships`;

interface Keyed {
  id: string;
  key: string;
  line: string;
}

/** Reads all of it. `tenant` is the tenant's name. */
export async function snapshot(settings: Settings, tenant: string): Promise<Snapshot> {
  const tenantId = tenantUuid(tenant);
  const database = openDatabase({
    url: need(settings, 'DATABASE_URL'),
    applicationName: 'colloquy-test',
    onIdleError: () => undefined,
  });
  const graph = openGraph({
    url: need(settings, 'NEO4J_URL'),
    user: need(settings, 'NEO4J_USER'),
    password: need(settings, 'NEO4J_PASSWORD'),
  });
  const vectors = openVectorIndex({
    url: need(settings, 'WEAVIATE_URL'),
    grpcUrl: need(settings, 'WEAVIATE_GRPC_URL'),
    apiKey: settings.WEAVIATE_API_KEY,
  });
  try {
    const rows = await inTenant(database, { tenantId, userId: null }, async (client) => ({
      conversations: (await client.query<Keyed>(CONVERSATIONS)).rows,
      messages: (await client.query<Keyed>(MESSAGES)).rows,
      items: (await client.query<Keyed>(ITEMS)).rows,
      evidence: (await client.query<Record<string, string>>(EVIDENCE)).rows,
      relations: (await client.query<Record<string, string>>(RELATIONS)).rows,
    }));
    const keys = new Map<string, string>();
    for (const { id, key } of rows.conversations) keys.set(id, key).set(toId('conversation', id), key);
    for (const { id, key } of rows.messages) keys.set(id, key).set(toId('message', id), key);
    for (const { id, key } of rows.items) keys.set(id, key).set(toId('item', id), key);
    const name = (id: unknown) => keys.get(String(id)) ?? `unknown ${String(id)}`;
    const lines = (list: readonly Keyed[]) => list.map(({ line }) => line).sort();
    return {
      conversations: lines(rows.conversations),
      messages: lines(rows.messages),
      items: lines(rows.items),
      evidence: rows.evidence
        .map((row) =>
          [name(row.item_id), row.ordinal, name(row.message_id), row.start_offset, row.end_offset, row.quote].join('|'),
        )
        .sort(),
      relations: rows.relations
        .map((row) =>
          [
            name(row.source_id),
            row.type,
            name(row.target_id),
            row.strength,
            row.confidence,
            row.reason,
            row.metadata,
          ].join('|'),
        )
        .sort(),
      graphNodes: (await graph.listNodes(tenantId)).map((node) => describeNode(node, name)).sort(),
      graphEdges: (await graph.listEdges(tenantId)).map((edge) => describeEdge(edge, name)).sort(),
      ...(await chunksOf(vectors, tenantId, name)),
    };
  } finally {
    await Promise.all([database.close(), graph.close(), vectors.close()]);
  }
}

/** How many events a session tells of, and how often a stage was taken up, depends on timing. */
const TIMED_TABLES = ['extraction_events'];
const TENANT_TABLES = `
SELECT c.table_name AS name FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = 'intelligence' AND c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE' ORDER BY 1`;
const SESSIONS = `
SELECT concat_ws('|', a.file_name, a.byte_size, a.sha256, s.format, s.status, s.stage, s.fraction, s.waiting_for,
  s.conversation_count, s.message_count, s.item_count, s.issue_count, s.new_conversation_count, s.new_message_count,
  s.error_code) AS line
FROM intelligence.extraction_sessions s
JOIN intelligence.source_archives a ON a.tenant_id = s.tenant_id AND a.id = s.archive_id`;

/** A snapshot with counts of all rows, the sessions, and the objects of the file store. */
export async function wholeSnapshot(settings: Settings, tenant: string): Promise<WholeSnapshot> {
  const tenantId = tenantUuid(tenant);
  const database = openDatabase({
    url: need(settings, 'DATABASE_URL'),
    applicationName: 'colloquy-test',
    onIdleError: () => undefined,
  });
  try {
    const counted = await inTenant(database, { tenantId, userId: null }, async (client) => {
      const rows: string[] = [];
      const tables = (await client.query<{ name: string }>(TENANT_TABLES)).rows.map(({ name }) => name);
      for (const table of tables.filter((name) => !TIMED_TABLES.includes(name))) {
        const found = await client.query<{ count: string }>(`SELECT count(*) FROM intelligence.${table}`);
        if (found.rows[0]?.count !== '0') rows.push(`${table}: ${found.rows[0]?.count}`);
      }
      const sessions = (await client.query<{ line: string }>(SESSIONS)).rows.map(({ line }) => line).sort();
      return { rows, sessions };
    });
    return {
      ...(await snapshot(settings, tenant)),
      ...counted,
      objects: objectsOf(fileURLToPath(need(settings, 'OBJECT_STORE_URL')), tenantId),
    };
  } finally {
    await database.close();
  }
}

/** Files of the tenant, and half-written ones of whomever. */
function objectsOf(folder: string, tenantId: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => relative(folder, path).includes(tenantId) || path.endsWith('.part'))
    .map((path) => {
      const bytes = readFileSync(path);
      const kind = path.endsWith('.part') ? 'incomplete' : 'object';
      return `${kind}|${bytes.length}|${createHash('sha256').update(bytes).digest('hex')}`;
    })
    .sort();
}

type Name = (id: unknown) => string;

/** Properties that say when something was written, or under which id, differ between two imports. */
const MINTED = new Set(['id', 'tenantId', 'conversationId', 'extractedAt', 'created_at', 'revision', 'message_ids']);

function comparable(properties: Record<string, unknown>): string {
  return JSON.stringify(
    Object.entries(properties)
      .filter(([name]) => !MINTED.has(name))
      .sort(),
  );
}

const describeNode = (node: GraphNode, name: Name) => [node.kind, name(node.id), comparable(node.properties)].join('|');
const describeEdge = (edge: GraphEdge, name: Name) =>
  [name(edge.source), edge.type, name(edge.target), comparable(edge.properties)].join('|');

async function chunksOf(
  vectors: VectorIndex,
  tenantId: string,
  name: Name,
): Promise<Pick<Snapshot, 'chunks' | 'owners'>> {
  const target = await vectors.activeTarget(tenantId);
  const chunks: string[] = [];
  const owners = new Set<string>();
  if (!target) return { chunks, owners: [] };
  for await (const chunk of vectors.listChunks(target)) {
    const { ownerId, ownerKind, chunkNumber, start, end, content, conversationId } = chunk;
    chunks.push([ownerKind, name(ownerId), chunkNumber, start, end, name(conversationId), content].join('|'));
    owners.add(`${ownerKind}|${name(ownerId)}`);
  }
  return { chunks: chunks.sort(), owners: [...owners].sort() };
}

/** Messages of a snapshot that have a text. */
export function messagesWithText({ messages }: Snapshot): string[] {
  const nothing = createHash('md5').update('').digest('hex');
  return messages.filter((line) => !line.includes(`|${nothing}|`));
}
