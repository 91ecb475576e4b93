/** Closed sets of the public graph, spelt as GraphQL and PostgreSQL spell them. */
export const INTELLIGENCE_TYPES = [
  'INCOMPLETE_IDEA',
  'FEATURE_REQUEST',
  'PROBLEM_STATEMENT',
  'SOLUTION_APPROACH',
  'TECHNICAL_DECISION',
  'LEARNING_MOMENT',
] as const;
export type IntelligenceType = (typeof INTELLIGENCE_TYPES)[number];

export const RELATION_TYPES = ['DEPENDS_ON', 'EVOLVES_TO', 'RELATES_TO'] as const;
export type RelationType = (typeof RELATION_TYPES)[number];

export const MESSAGE_ROLES = ['USER', 'ASSISTANT', 'SYSTEM', 'TOOL'] as const;
export type MessageRole = (typeof MESSAGE_ROLES)[number];

export const EXTRACTION_STATUSES = ['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type ExtractionStatus = (typeof EXTRACTION_STATUSES)[number];

export const TERMINAL_STATUSES: ReadonlySet<ExtractionStatus> = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

/** Stages in which work is done, in their order. */
export const WORK_STAGES = ['PARSE', 'EXTRACT', 'EMBED', 'RELATE', 'PROJECT'] as const;
export type WorkStage = (typeof WORK_STAGES)[number];
export const EXTRACTION_STAGES = ['QUEUED', ...WORK_STAGES, 'DONE'] as const;
export type ExtractionStage = (typeof EXTRACTION_STAGES)[number];

export const PROJECTIONS = ['GRAPH', 'SEARCH'] as const;
export type Projection = (typeof PROJECTIONS)[number];

/** What can be deleted, and by itself takes everything that was derived from it along. */
export const DELETION_KINDS = ['ARCHIVE', 'CONVERSATION', 'MESSAGE'] as const;
export type DeletionKind = (typeof DELETION_KINDS)[number];

/** Steps of a deletion, in their order; SWEEP comes after it is COMPLETED. */
export const DELETION_STEPS = ['ERASE', 'UNPROJECT', 'DERIVE', 'REPROJECT', 'SWEEP'] as const;
export type DeletionStep = (typeof DELETION_STEPS)[number];

export const ROLES = ['READ_ONLY', 'STANDARD', 'PREMIUM', 'CURATOR', 'ADMINISTRATOR'] as const;
export type Role = (typeof ROLES)[number];

export const SEARCH_KINDS = ['ITEM', 'MESSAGE'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

export const SEARCH_MODES = ['KEYWORD', 'VECTOR', 'HYBRID'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];
