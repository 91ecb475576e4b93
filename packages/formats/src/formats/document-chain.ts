import type { IssueLog } from '../conversation/issues.ts';
import { storableId, storableText } from '../conversation/storable.ts';
import type { MessageDraft, TreeNode } from '../conversation/tree-node.ts';

/** A document of an export that is no message, such as an instruction of a project. */
export interface ExportedDocument
  extends Pick<MessageDraft, 'role' | 'contentType' | 'text' | 'createdAt' | 'raw' | 'metadata' | 'attachments'> {
  /** Unique within what the documents belong to, and the same in a later export. */
  id: string;
  location: string;
}

/**
 * The documents of one project or one memory as messages, so that search and evidence work on them: each follows the one
 * before it, none is hidden.
 */
export function documentChain(documents: readonly ExportedDocument[], log: IssueLog): TreeNode[] {
  let parentId: string | null = null;
  return documents.map(({ id: vendorId, location, text, ...rest }) => {
    const id = storableId(vendorId, location, log);
    const node: TreeNode = {
      id,
      parentId,
      location,
      message: { ...rest, author: null, text: storableText(text, location, log), hidden: false, model: null },
    };
    parentId = id;
    return node;
  });
}
