import type { Operation } from '../operation/operation.ts';
import { documentIdOf } from './document-id.ts';
import { refusal } from './errors.ts';

/** Finds the text of an operation. Throws OperationError when there is none, or none that may be run. */
export type FindText = (operation: Operation) => void | Promise<void>;

/** For a gateway that knows no persisted operations. */
export const takeSentText: FindText = (operation) => {
  if (documentIdOf(operation.request) !== undefined) throw refusal('PERSISTED_QUERY_NOT_SUPPORTED');
  operation.query = sentText(operation);
};

export function sentText({ request }: Operation): string {
  const text = request.query;
  if (typeof text !== 'string' || text === '') throw refusal('BAD_REQUEST');
  return text;
}
