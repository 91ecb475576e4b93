import type { ExtractionStatus } from '@colloquy/domain';
import type { TenantPrisma } from '../connection/tenant.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { allOf, when } from './conditions.ts';
import type { PagedList } from './page.ts';
import type { SessionRecord } from './rows.ts';

export function sessionsByIds(tx: TenantPrisma, ids: readonly string[]): Promise<SessionRecord[]> {
  return tx.extractionSession.findMany({ where: { id: { in: [...ids] } } });
}

/** Sessions of these archives, oldest first. */
export function sessionsOfArchives(tx: TenantPrisma, archiveIds: readonly string[]): Promise<SessionRecord[]> {
  return tx.extractionSession.findMany({
    where: { archiveId: { in: [...archiveIds] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

/** Sessions, newest first. */
export const sessionList: PagedList<{ status: ExtractionStatus | null }, { id: string }> = {
  name: 'sessions',
  keys: [
    { column: 'created_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  direction: 'DESC',
  columns: ['id'],
  entries: ({ status }) => Prisma.sql`
    SELECT s.id, s.created_at FROM intelligence.extraction_sessions s
    WHERE ${allOf([when(status, (value) => Prisma.sql`s.status = ${value}::intelligence.extraction_status`)])}`,
};

/** What could not be read of a session's archive, in the order in which it came up. */
export const sessionIssueList: PagedList<object, { code: string; message: string; location: string }> = {
  name: 'session-issues',
  keys: [{ column: 'ordinal', type: 'integer' }],
  direction: 'ASC',
  columns: ['code', 'message', 'location'],
  entries: () => Prisma.sql`
    SELECT i.ordinal, i.code, i.message, i.location FROM intelligence.parse_issues i WHERE i.session_id = parent.id`,
};
