import type { BinaryWriter } from './binary-writer.ts';

/** 2000-01-01, from which PostgreSQL counts microseconds. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const NULL = -1;
const JSONB_VERSION = 1;

/** A column of a table and how its value in a row is written. */
export interface Column<Row> {
  name: string;
  write(writer: BinaryWriter, row: Row): void;
}

function column<Row, Value>(
  name: string,
  read: (row: Row) => Value | null,
  write: (writer: BinaryWriter, value: Value) => void,
): Column<Row> {
  return {
    name,
    write(writer, row) {
      const value = read(row);
      if (value === null) writer.int32(NULL);
      else write(writer, value);
    },
  };
}

/** Columns by their types in PostgreSQL; `read` gives null for NULL. */
export const columns = {
  uuid: <Row>(name: string, read: (row: Row) => string | null) =>
    column(name, read, (writer, value: string) => {
      writer.int32(16);
      writer.hex(value.replaceAll('-', ''));
    }),
  /** Also `varchar`, enumerations and `json`, which have the form of their text. */
  text: <Row>(name: string, read: (row: Row) => string | null) =>
    column(name, read, (writer, value: string) => writer.sizedText(value)),
  /** `read` gives JSON text. */
  jsonb: <Row>(name: string, read: (row: Row) => string | null) =>
    column(name, read, (writer, value: string) => writer.sizedText(value, JSONB_VERSION)),
  integer: <Row>(name: string, read: (row: Row) => number | null) =>
    column(name, read, (writer, value: number) => {
      writer.int32(4);
      writer.int32(value);
    }),
  boolean: <Row>(name: string, read: (row: Row) => boolean | null) =>
    column(name, read, (writer, value: boolean) => {
      writer.int32(1);
      writer.int8(value ? 1 : 0);
    }),
  bytea: <Row>(name: string, read: (row: Row) => Uint8Array | null) =>
    column(name, read, (writer, value: Uint8Array) => {
      writer.int32(value.length);
      writer.bytes(value);
    }),
  timestamptz: <Row>(name: string, read: (row: Row) => Date | null) =>
    column(name, read, (writer, value: Date) => {
      writer.int32(8);
      writer.int64(BigInt(value.getTime() - EPOCH_MS) * 1_000n);
    }),
};
