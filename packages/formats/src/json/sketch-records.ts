import { InvalidJsonError } from '../errors.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { type RecordLayout, RecordSplitter } from './record-splitter.ts';
import { sketchJson } from './sketch.ts';

/**
 * The records in the beginning of a document, each as far as it is valid: a faulty one hides no other.
 * Empty when the beginning has no complete record, or is laid out otherwise.
 */
export function sketchRecords(prefix: Uint8Array, layout: RecordLayout): unknown[] {
  const splitter = new RecordSplitter(layout, DEFAULT_LIMITS);
  try {
    return splitter
      .push(prefix)
      .map(({ bytes }) => (bytes === null ? undefined : sketchJson(bytes.toString('utf8')).root));
  } catch (error) {
    // The structure is damaged as well; reading the document will say where.
    if (error instanceof InvalidJsonError) return [];
    throw error;
  }
}
