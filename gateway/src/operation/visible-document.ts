import type { DocumentNode, OperationDefinitionNode } from 'graphql';

/** What of an operation one client may see. */
export interface VisibleDocument {
  /** Equal for equal documents of one operation; empty for the whole of it. */
  readonly key: string;
  readonly document: DocumentNode;
  /** Absent when nothing is left to ask for. */
  readonly definition: OperationDefinitionNode | undefined;
  /** What the answer has the shape of: the whole document, with what the client may not see marked to be null. */
  readonly shape: { readonly document: DocumentNode; readonly definition: OperationDefinitionNode };
}
