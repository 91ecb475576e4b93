export { EvidenceMismatchError, extractItems } from './extraction/extract.ts';
export type {
  ConversationContext,
  EvidenceSpan,
  ExtractedItem,
  FoundRelation,
  RelatableItem,
  SourceMessage,
} from './model.ts';
export { RELATION_CAPS, relateItems } from './relations/relate.ts';
export { EXTRACTOR_VERSION } from './version.ts';
