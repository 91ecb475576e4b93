import { z } from 'zod';
import { STATUSES } from './session.ts';

const EVENT_FIELDS = `
  cursor sequence at status stage stageDone stageTotal fraction etaSeconds waitingFor
  conversationCount messageCount itemCount issueCount
`;

/** An event of a session's log: numbered without gaps, resumable by its cursor. */
export const progressEvent = z.object({
  cursor: z.string(),
  sequence: z.number().int(),
  at: z.string(),
  status: z.enum(STATUSES),
  stage: z.string(),
  stageDone: z.number(),
  stageTotal: z.number().nullable(),
  /** 0..1 over all stages. */
  fraction: z.number(),
  etaSeconds: z.number().nullable(),
  waitingFor: z.string().nullable(),
  conversationCount: z.number(),
  messageCount: z.number(),
  itemCount: z.number(),
  issueCount: z.number(),
  newItems: z.array(z.object({ id: z.string(), type: z.string(), title: z.string() })).optional(),
});
export type ProgressEvent = z.infer<typeof progressEvent>;

/** The subscription, with the items that each event brought when they are wanted. */
export function progressDocument(withItems: boolean): string {
  return `subscription Progress($sessionId: ID!, $after: String) {
    extractionProgress(sessionId: $sessionId, after: $after) { ${EVENT_FIELDS} ${withItems ? 'newItems { id type title }' : ''} }
  }`;
}
