import type { Prisma } from '../generated/prisma/client.ts';

/** Rows as Prisma reads them. All ids are UUIDs. */
export type ArchiveRecord = Prisma.SourceArchiveModel;
export type SessionRecord = Prisma.ExtractionSessionModel;
export type ConversationRecord = Prisma.ConversationModel;
/** Without the vendor's JSON, which is large and seldom asked for; see `rawMessagesByIds`. */
export type MessageRecord = Omit<Prisma.MessageModel, 'raw' | 'metadata'>;
export type RevisionRecord = Prisma.MessageRevisionModel;
export type FormerTitleRecord = Prisma.ConversationTitleModel;
export type AttachmentRecord = Prisma.AttachmentModel;
export type ItemRecord = Prisma.IntelligenceItemModel;
export type EvidenceRecord = Prisma.ItemEvidenceModel;
export type RelationRecord = Prisma.IntelligenceRelationshipModel;
export type PlatformRecord = Prisma.PlatformModel;
export type RunRecord = Prisma.ProjectionRunModel;
