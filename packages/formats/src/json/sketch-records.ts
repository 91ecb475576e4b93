import { InvalidJsonError } from '../errors.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { type RecordLayout, RecordSplitter } from './record-splitter.ts';
import { sketchJson } from './sketch.ts';

const STEP_BYTES = 16 * 1024;
const MAX_RECORDS = 1000;

/**
 * The first records in the beginning of a document, each as far as it is valid: a faulty one hides no other.
 * Empty when the beginning has no complete record, or is laid out otherwise.
 */
export function sketchRecords(prefix: Uint8Array, layout: RecordLayout): unknown[] {
  const splitter = new RecordSplitter(layout, DEFAULT_LIMITS);
  const records: unknown[] = [];
  try {
    for (let at = 0; at < prefix.length && records.length < MAX_RECORDS; at += STEP_BYTES) {
      for (const { bytes } of splitter.push(prefix.subarray(at, at + STEP_BYTES))) {
        records.push(bytes === null ? undefined : sketchJson(bytes.toString('utf8')).root);
      }
    }
    return records;
  } catch (error) {
    // The structure is damaged as well; reading the document will say where.
    if (error instanceof InvalidJsonError) return [];
    throw error;
  }
}
