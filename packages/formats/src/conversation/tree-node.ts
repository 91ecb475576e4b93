import type { ParsedAttachment, ParsedMessage } from '../model.ts';

/** A message before its place in the tree is known; without attachments unless it names some. */
export type MessageDraft = Omit<
  ParsedMessage,
  'externalId' | 'parentExternalId' | 'onActivePath' | 'sequence' | 'attachments'
> & { attachments?: ParsedAttachment[] };

/** A node as the export has it; one without a message only connects others. */
export interface TreeNode {
  id: string;
  parentId: string | null;
  message: MessageDraft | null;
  location: string;
  /** Position among the replies to the same parent; the order of the file decides when it is equal. */
  rank?: number | undefined;
}

/** A node whose parent is known to exist and whose ancestors end at a root. */
export interface PlacedNode {
  readonly node: TreeNode;
  readonly id: string;
  /** Index of the parent, -1 for a root. */
  parent: number;
}
