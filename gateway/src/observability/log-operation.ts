import { createHash } from 'node:crypto';
import type { Log } from '@colloquy/service';
import type { GraphQLFormattedError } from 'graphql';
import type { FetchOutcome, ReportedOperation } from './telemetry.ts';

/** A fetch that had no answer, for the log. */
export interface FailedFetch {
  readonly subgraph: string;
  readonly outcome: FetchOutcome;
  readonly milliseconds: number;
  readonly reason: string;
}

export interface OperationSummary {
  readonly requestId: string | undefined;
  readonly milliseconds: number;
  readonly errors: readonly GraphQLFormattedError[];
  readonly failedFetches: readonly FailedFetch[];
  /** Absent for an event of a subscription. */
  readonly operation?: ReportedOperation | undefined;
}

const MAX_NAME_LENGTH = 128;
/** A client sends the text after this one, so it is part of the routine. */
const ROUTINE = 'PERSISTED_QUERY_NOT_FOUND';

/**
 * One line for an operation that failed or was slow. It has the hash of the text and never the text, which may contain
 * what the client wrote into it; and neither variables nor tokens.
 */
export function logOperation(log: Log, summary: OperationSummary, slow: boolean): void {
  const { requestId, errors, failedFetches } = summary;
  const codes = [...new Set(errors.map(({ extensions }) => String(extensions?.code)))];
  const line = {
    requestId,
    milliseconds: Math.round(summary.milliseconds),
    ...(summary.operation && describe(summary.operation)),
    ...(codes.length > 0 && { codes }),
    ...(failedFetches.length > 0 && { fetches: failedFetches }),
  };
  if (errors.length === 0) log.warn(line, 'operation was slow');
  else if (slow || failedFetches.length > 0 || codes.includes('INTERNAL_SERVER_ERROR')) {
    log.warn(line, 'operation failed');
  } else if (codes.includes(ROUTINE)) log.debug(line, 'operation was not known by its hash');
  else log.info(line, 'operation was refused, or a subgraph answered with errors');
}

function describe({ query, prepared }: ReportedOperation): Record<string, unknown> {
  const definition = prepared?.definition;
  return {
    ...(query !== undefined && { operationHash: createHash('sha256').update(query).digest('hex') }),
    ...(definition && { operationType: definition.operation }),
    ...(definition?.name && { operationName: definition.name.value.slice(0, MAX_NAME_LENGTH) }),
  };
}
