import type { TenantPrisma } from '../connection/tenant.ts';

/** How many issues of one code a session has. */
export interface IssueCountRecord {
  /** UUID. */
  sessionId: string;
  code: string;
  count: number;
}

/** Issues of these sessions by their code, the most frequent first. */
export function issueCountsOfSessions(tx: TenantPrisma, sessionIds: readonly string[]): Promise<IssueCountRecord[]> {
  return tx.$queryRaw<IssueCountRecord[]>`
    SELECT i.session_id AS "sessionId", i.code, count(*)::int AS count
    FROM intelligence.parse_issues i
    WHERE i.session_id = ANY(${[...sessionIds]}::uuid[])
    GROUP BY i.session_id, i.code
    ORDER BY i.session_id, count DESC, i.code`;
}
