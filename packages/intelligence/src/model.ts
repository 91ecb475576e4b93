import type { IntelligenceType, MessageRole, RelationType } from '@colloquy/domain';

/** One node of a conversation's message tree. Offsets into `text` are UTF-16 code units. */
export interface SourceMessage {
  id: string;
  parentId: string | null;
  role: MessageRole;
  text: string;
  /** Context that the vendor's product never shows (custom instructions, reasoning, tool plumbing). */
  hidden: boolean;
  onActivePath: boolean;
  /** Position on the active path; null off it. */
  sequence: number | null;
  createdAt: Date | null;
}

export interface ConversationContext {
  title: string | null;
  platform: string;
}

/** Where a fact was said: `text.slice(start, end) === quote` holds for the message `messageId`. */
export interface EvidenceSpan {
  messageId: string;
  start: number;
  end: number;
  quote: string;
}

export interface ExtractedItem {
  type: IntelligenceType;
  /** One readable line of at most 500 characters that ends at a word. */
  title: string;
  summary: string | null;
  /** The primary evidence's text, as it was written. */
  content: string;
  /** 0..1, two decimals. At or above 0.5: at least one clear cue. */
  confidence: number;
  /** 0..1, two decimals: how much of the thought is stated. */
  completeness: number | null;
  /** 0..1, two decimals: urgency and impact in the speaker's own words. */
  priority: number | null;
  /** At most 8 lower-case key phrases, the most telling first. */
  tags: string[];
  /** At least one; the first is the primary one. */
  evidence: EvidenceSpan[];
  /** Time of the first evidence. */
  occurredAt: Date | null;
}

export interface RelatableItem {
  id: string;
  conversationId: string;
  platform: string;
  type: IntelligenceType;
  title: string;
  content: string;
  tags: readonly string[];
  occurredAt: Date | null;
  /** Position in its conversation: message sequence * 1e6 + start of the primary evidence. */
  order: number;
  evidenceMessageIds: readonly string[];
  /** Unit length; every item of one call has the same number of dimensions. */
  vector: Float32Array;
}

export interface FoundRelation {
  sourceId: string;
  targetId: string;
  type: RelationType;
  /** 0..1, two decimals: how closely the two belong together. */
  strength: number;
  /** 0..1, two decimals: how sure the rule is that the relation holds. */
  confidence: number;
  /** Words for a person, naming what connects the two. */
  reason: string;
  metadata: Record<string, unknown>;
}
