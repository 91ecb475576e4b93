/** Where a reader of a log stands: the cursor of the last event it has, or null before its first. */
export type Position = string | null;

/** One completed event. `cursor` is absent where its field has none. */
export interface FeedEvent {
  readonly json: string;
  readonly cursor: string | undefined;
}
