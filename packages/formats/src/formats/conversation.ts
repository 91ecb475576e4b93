import { fitMessage } from '../conversation/fitting.ts';
import { contentId } from '../conversation/identity.ts';
import { IssueLog } from '../conversation/issues.ts';
import { storableId, storableTextOrNull } from '../conversation/storable.ts';
import { arrangeTree } from '../conversation/tree.ts';
import type { TreeNode } from '../conversation/tree-node.ts';
import type { ParsedConversation } from '../model.ts';
import type { ConversationRecord } from './conversation-record.ts';

/** Characters of a conversation's id; a longer one is replaced by its hash. */
const MAX_CONVERSATION_ID = 255;

/** What a reader found out about a conversation, before its tree is arranged. */
export interface ConversationDraft extends Omit<ParsedConversation, 'externalId' | 'messages' | 'issues'> {
  /** The vendor's id, or null. */
  id: string | null;
  nodes: readonly TreeNode[];
  /** The node the export calls current. */
  activeId: string | null;
}

/** Arranges the messages and settles the identity. */
export function finishConversation(
  record: Pick<ConversationRecord, 'location' | 'log'>,
  draft: ConversationDraft,
): ParsedConversation {
  const { location, log } = record;
  const { id, nodes, activeId, ...rest } = draft;
  // Nodes carry storable ids; whatever had to be replaced in them was reported there.
  const active = activeId === null ? null : storableId(activeId, location, new IssueLog());
  const messages = arrangeTree(nodes, active, log).map((message) => fitMessage(message, location, log));
  return {
    ...rest,
    title: storableTextOrNull(rest.title, `${location}.title`, log),
    externalId: id === null ? contentId(rest.platform, messages) : storableId(id, location, log, MAX_CONVERSATION_ID),
    messages,
    issues: log.issues,
  };
}
