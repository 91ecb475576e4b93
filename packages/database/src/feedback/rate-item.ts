import { mintUuid } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

/** What a user thinks of an item. */
export interface ItemRating {
  itemId: string;
  userId: string;
  /** 1 to 5. */
  rating: number;
  /** What the rating is about, such as `usefulness`: one rating per user, item and type. */
  feedbackType: string;
  comments: string | null;
  implementationSuccessful: boolean | null;
  /** 0 to 999.99. */
  timeSavedHours: number | null;
}

// FOR KEY SHARE: the item cannot vanish between this look and the row that points at it.
const EXISTS = `SELECT 1 FROM intelligence.intelligence_items WHERE tenant_id = $1 AND id = $2 FOR KEY SHARE`;
const UPSERT = `
INSERT INTO intelligence.intelligence_feedback
  (tenant_id, id, item_id, user_id, rating, feedback_type, comments, implementation_successful, time_saved_hours)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT ON CONSTRAINT intelligence_feedback_one_per_type DO UPDATE SET
  rating = excluded.rating, comments = excluded.comments, implementation_successful = excluded.implementation_successful,
  time_saved_hours = excluded.time_saved_hours, submitted_at = now()`;

/** Stores a rating in place of the user's earlier one of that type. False when there is no such item. */
export async function rateItem(client: TenantClient, rating: ItemRating): Promise<boolean> {
  const { rowCount } = await client.query(EXISTS, [client.tenantId, rating.itemId]);
  if (rowCount === 0) return false;
  await client.query(UPSERT, [
    client.tenantId,
    mintUuid(),
    rating.itemId,
    rating.userId,
    rating.rating,
    rating.feedbackType,
    rating.comments,
    rating.implementationSuccessful,
    rating.timeSavedHours,
  ]);
  return true;
}
