import { buildSchema } from 'graphql';

/** The part of the public graph that the tested commands use, as the contract spells it. */
export const fakeSchema = buildSchema(`
  scalar SafeInt
  scalar DateTime
  interface Error { message: String! code: String! }
  type InvalidInputError implements Error { message: String! code: String! field: String }
  type NotFoundError implements Error { message: String! code: String! }
  type LimitExceededError implements Error { message: String! code: String! limit: SafeInt! }
  type UnsupportedFormatError implements Error { message: String! code: String! recognised: String supported: [String!]! }
  type Query {
    viewer: Viewer
    extractionSession(id: ID!): ExtractionSession
    extractionSessions(first: Int! = 20, status: ExtractionStatus): ExtractionSessionConnection
  }
  type Mutation {
    createArchiveUpload(input: CreateArchiveUploadInput!): CreateArchiveUploadResult!
    importArchive(input: ImportArchiveInput!): ImportArchiveResult!
  }
  type Subscription { extractionProgress(sessionId: ID!, after: String): ExtractionProgress! }
  input CreateArchiveUploadInput { fileName: String! byteSize: SafeInt! sha256: String }
  union CreateArchiveUploadResult = CreateArchiveUploadPayload | InvalidInputError | LimitExceededError
  type CreateArchiveUploadPayload { archive: SourceArchive! uploadUrl: String }
  input ImportArchiveInput { archiveId: ID! platform: String }
  union ImportArchiveResult = ImportArchivePayload | NotFoundError | InvalidInputError | UnsupportedFormatError
  type ImportArchivePayload { session: ExtractionSession! alreadyImported: Boolean! }
  type Viewer { id: ID! }
  type SourceArchive { id: ID! fileName: String! byteSize: SafeInt! sha256: String }
  type Platform { name: String! displayName: String! }
  enum ExtractionStatus { PENDING PROCESSING COMPLETED FAILED CANCELLED }
  enum ExtractionStage { QUEUED PARSE EXTRACT EMBED RELATE PROJECT DONE }
  type ExtractionSession {
    id: ID! archive: SourceArchive! status: ExtractionStatus! stage: ExtractionStage! fraction: Float! waitingFor: String
    conversationCount: Int! messageCount: Int! itemCount: Int! issueCount: Int!
    newConversationCount: Int! newMessageCount: Int!
    changedConversationCount: Int! unchangedConversationCount: Int! changedMessageCount: Int! unchangedMessageCount: Int!
    absentMessageCount: Int! attachmentCount: Int!
    createdAt: DateTime! startedAt: DateTime completedAt: DateTime errorCode: String errorMessage: String
    platform: Platform seconds: Float messagesPerSecond: Float bytesPerSecond: Float retries: Int!
    issueCounts: [IssueCount!]! stages: [SessionStage!]!
    issues(first: Int! = 20): ParseIssueConnection
  }
  type IssueCount { code: String! count: Int! }
  type SessionStage {
    stage: ExtractionStage! done: Int! total: Int startedAt: DateTime finishedAt: DateTime seconds: Float waitingFor: String
    failures: Int!
  }
  type ParseIssueConnection { edges: [ParseIssueEdge!]! totalCount: Int }
  type ParseIssueEdge { node: ParseIssue! }
  type ParseIssue { code: String! message: String! location: String! }
  type ExtractionSessionConnection { edges: [ExtractionSessionEdge!]! totalCount: Int }
  type ExtractionSessionEdge { node: ExtractionSession! }
  type IntelligenceItem { id: ID! type: String! title: String! }
  type ExtractionProgress {
    cursor: String! sequence: Int! at: DateTime! status: ExtractionStatus! stage: ExtractionStage!
    stageDone: Int! stageTotal: Int fraction: Float! etaSeconds: Float waitingFor: String
    conversationCount: Int! messageCount: Int! itemCount: Int! issueCount: Int! newItems: [IntelligenceItem!]!
  }
`);
