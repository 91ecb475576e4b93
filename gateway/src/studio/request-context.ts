import { createHash } from 'node:crypto';
import type { GraphQLRequestContextDidResolveOperation, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { type DocumentNode, GraphQLError, Kind } from 'graphql';
import type { OperationOutcome } from '../observability/operation-record.ts';
import type { ReportedOperation } from '../observability/telemetry.ts';
import { type ClientInfo, clientOf } from './client-info.ts';

/** What Apollo Server would hand to the plugin's hooks, the one object for all of them. */
export type RequestContext = GraphQLRequestContextDidResolveOperation<ClientInfo> &
  GraphQLRequestContextWillSendResponse<ClientInfo>;

/** Stands for a document that could be parsed and no more: its contents are not looked at. */
const INVALID: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

/**
 * Describes an operation that ended. `invalid` says that it did not pass validation, or one of our limits, which stands
 * where Apollo Server has rules of validation. Undefined for what has no text to report, such as an unknown hash.
 */
export function requestContext(
  operation: ReportedOperation,
  { errors, cached }: OperationOutcome,
  logger: RequestContext['logger'],
): { context: RequestContext; invalid: boolean } | undefined {
  const { request, query, prepared } = operation;
  if (query === undefined) return;
  const codes = new Set(errors.map(({ extensions }) => extensions?.code));
  const document = prepared?.document ?? (codes.has('GRAPHQL_PARSE_FAILED') ? undefined : INVALID);
  const persisted = request.extensions?.persistedQuery !== undefined;
  const sent = typeof request.query === 'string';
  // The plugin looks at these and at nothing else.
  const context = {
    logger,
    schema: operation.generation.apiSchema,
    request: { operationName: request.operationName ?? undefined },
    source: query,
    document,
    queryHash: document && hashOf(document, query),
    operation: prepared?.definition,
    operationName: prepared?.definition.name?.value ?? null,
    contextValue: clientOf(operation),
    metrics: {
      responseCacheHit: cached,
      persistedQueryHit: persisted && !sent,
      persistedQueryRegister: persisted && sent,
    },
    overallCachePolicy: { policyIfCacheable: () => null },
    response: { body: { kind: 'single' } },
    ...(errors.length > 0 && {
      errors: errors.map(({ message, path, extensions }) => {
        // A path of no fields is none to the plugin.
        const place = path && path.length > 0 ? { path } : {};
        return new GraphQLError(message, { ...place, extensions: { code: extensions?.code } });
      }),
    }),
  } as unknown as RequestContext;
  return { context, invalid: !prepared && !codes.has('OPERATION_RESOLUTION_FAILURE') };
}

const hashes = new WeakMap<DocumentNode, string>();

/** The plugin keeps what it works out of a text under this. */
function hashOf(document: DocumentNode, query: string): string {
  const known = hashes.get(document);
  if (known !== undefined && document !== INVALID) return known;
  const hash = createHash('sha256').update(query).digest('hex');
  hashes.set(document, hash);
  return hash;
}
