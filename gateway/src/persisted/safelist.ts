import type { Log } from '@colloquy/service';
import { LRUCache } from 'lru-cache';
import type { PersistedConfig } from '../config/persisted.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import type { Operation } from '../operation/operation.ts';
import { documentIdOf, sha256 } from './document-id.ts';
import { type Refusal, refusal } from './errors.ts';
import { type FindText, sentText } from './find-text.ts';
import type { TrustedOperations } from './manifest.ts';

const MAX_REPORTED = 1000;
const MAX_LOGGED_CHARACTERS = 2000;

/** Finds the texts of trusted operations, and refuses all others: or, in an audit, logs each of them once. */
export function createSafelist(
  { requireId, audit }: Pick<PersistedConfig, 'requireId' | 'audit'>,
  options: { manifest: { readonly current: TrustedOperations }; log: Log; telemetry: Pick<Telemetry, 'lookup'> },
): FindText {
  const { manifest, log, telemetry } = options;
  const reported = new LRUCache<string, true>({ max: MAX_REPORTED });

  function refuse({ request, query, context }: Operation, code: Refusal): void {
    if (!audit) throw refusal(code);
    const hash = sha256(query);
    if (reported.has(hash)) return;
    reported.set(hash, true);
    log.warn(
      {
        code,
        operationHash: hash,
        operationName: request.operationName,
        query: query.slice(0, MAX_LOGGED_CHARACTERS),
        requestId: context.requestId,
      },
      'an operation that is not trusted was let through',
    );
  }

  return (operation) => {
    const trusted = manifest.current;
    const { request } = operation;
    const id = documentIdOf(request);
    const text = id === undefined ? undefined : trusted.text(id);
    if (id !== undefined) telemetry.lookup('persisted', text !== undefined);
    if (!request.query && id !== undefined) {
      if (text === undefined) throw refusal('PERSISTED_QUERY_NOT_IN_LIST');
      operation.query = text;
      operation.record.trusted();
      return;
    }
    operation.query = sentText(operation);
    if (text === operation.query) operation.record.trusted();
    else if (text !== undefined) refuse(operation, 'CANNOT_SEND_PQ_ID_AND_BODY');
    else if (requireId) refuse(operation, 'PERSISTED_QUERY_ID_REQUIRED');
    else if (!trusted.has(operation.query)) refuse(operation, 'QUERY_NOT_IN_SAFELIST');
    else operation.record.trusted();
  };
}
