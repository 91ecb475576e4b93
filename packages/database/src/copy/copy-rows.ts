import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { TenantClient } from '../connection/tenant.ts';
import { BinaryWriter } from './binary-writer.ts';
import type { Column } from './column.ts';

/** Bytes handed on at once: with back-pressure, about what is in memory beside the rows themselves. */
const CHUNK_BYTES = 1024 * 1024;
/** What a binary COPY begins with: a signature that no transport may have changed, no flags, no extension. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = -1;

/**
 * COPY of rows into a table, in PostgreSQL's binary form (documented at COPY, "Binary Format"). Not for tables with
 * row-level security, which admit no COPY.
 */
export async function copyRows<Row>(
  client: TenantClient,
  table: string,
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
): Promise<void> {
  const names = columns.map(({ name }) => name).join(', ');
  const copy = client.query(copyFrom(`COPY ${table} (${names}) FROM STDIN (FORMAT binary)`));
  await pipeline(Readable.from(encode(columns, rows), { objectMode: false, highWaterMark: CHUNK_BYTES }), copy);
}

function* encode<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): Generator<Buffer> {
  const writer = new BinaryWriter();
  writer.bytes(HEADER);
  for (const row of rows) {
    writer.int16(columns.length);
    for (const column of columns) column.write(writer, row);
    if (writer.length >= CHUNK_BYTES) yield writer.take();
  }
  writer.int16(TRAILER);
  yield writer.take();
}
