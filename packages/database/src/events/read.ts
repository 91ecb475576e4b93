import type { ExtractionStage, ExtractionStatus } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

/** A row of the event log. */
export interface ExtractionEvent {
  sequence: number;
  at: Date;
  status: ExtractionStatus;
  stage: ExtractionStage;
  stageDone: number;
  stageTotal: number | null;
  fraction: number;
  etaSeconds: number | null;
  waitingFor: string | null;
  conversationCount: number;
  messageCount: number;
  itemCount: number;
  issueCount: number;
  newItemIds: string[];
}

const READ = `
SELECT sequence, at, status, stage, stage_done AS "stageDone", stage_total AS "stageTotal", fraction, eta_seconds AS "etaSeconds",
  waiting_for AS "waitingFor", conversation_count AS "conversationCount", message_count AS "messageCount",
  item_count AS "itemCount", issue_count AS "issueCount", new_item_ids AS "newItemIds"
FROM intelligence.extraction_events
WHERE tenant_id = $1 AND session_id = $2 AND sequence > $3
ORDER BY sequence LIMIT $4`;

/** The events after `after`, oldest first, at most `limit`. */
export async function readEvents(
  client: TenantClient,
  sessionId: string,
  after: number,
  limit: number,
): Promise<ExtractionEvent[]> {
  const { rows } = await client.query<ExtractionEvent>(READ, [client.tenantId, sessionId, after, limit]);
  return rows;
}
