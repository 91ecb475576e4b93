import { InvalidJsonError, LimitExceededError } from '../../errors.ts';
import type { ParseIssueCode } from '../../model.ts';
import type { ReadContext } from '../reader.ts';

/**
 * Refuses an export in which messages were met and none could be read, for the given reasons: an import that ends well
 * and holds nothing is the worst answer to a damaged export. Throws LimitExceededError or InvalidJsonError.
 */
export function refuseUnreadable(reasons: ReadonlySet<ParseIssueCode>, { limits }: ReadContext): void {
  const { maxRecordBytes, maxDepth } = limits;
  if (reasons.has('RECORD_TOO_LARGE')) {
    const message = `Not one message of the export is within ${maxRecordBytes} bytes.`;
    throw new LimitExceededError('LIMIT_EXCEEDED_RECORD', message, maxRecordBytes);
  }
  if (reasons.has('RECORD_TOO_DEEP')) {
    const message = `Not one message of the export is within ${maxDepth} levels of nesting.`;
    throw new LimitExceededError('LIMIT_EXCEEDED_DEPTH', message, maxDepth);
  }
  if (reasons.size > 0) throw new InvalidJsonError('Not one message of the export can be read.');
}
