import { createReadStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Database, openDatabase } from '@colloquy/database';
import { type ObjectStore, openObjectStore } from '@colloquy/objects';
import type { StoreName } from '@colloquy/stack';
import type { ExportSize } from './export/plan.ts';
import { type WrittenExport, writeExport } from './export/write.ts';
import type { StoredArchive } from './platform/session.ts';
import { type Stores, startStores } from './platform/stores.ts';

/** Everything of a run that a worker and its imports need. */
export interface Bench {
  stores: Stores;
  database: Database;
  objects: ObjectStore;
  objectStoreUrl: string;
  cleanup: AsyncDisposableStack;
}

/** An export in the object store. */
export interface BenchArchive extends StoredArchive, WrittenExport {}

/** Starts stores and opens what speaks to them; `cleanup` ends it. */
export async function openBench(names: readonly StoreName[], cleanup: AsyncDisposableStack): Promise<Bench> {
  const stores = await startStores(names, cleanup);
  const objectStoreUrl = pathToFileURL(join(stores.folder, 'objects')).href;
  const database = openDatabase({
    url: stores.settings.DATABASE_URL ?? '',
    applicationName: 'colloquy-bench',
    onIdleError: () => undefined,
  });
  cleanup.defer(() => void database.close().catch(() => undefined));
  return { stores, database, objects: openObjectStore(objectStoreUrl), objectStoreUrl, cleanup };
}

/** Generates an export, or takes it from the folder where it is kept, and puts it into the object store. */
export async function provideArchive(
  { stores, objects }: Bench,
  size: ExportSize,
  { container, keep }: { container: 'zip' | 'json'; keep: string | null },
): Promise<BenchArchive> {
  const folder = keep ?? stores.folder;
  mkdirSync(folder, { recursive: true });
  const name = `chatgpt-${size.messages}-${size.conversations}-${size.bytesPerMessage}-${size.seed}`;
  const [file, about] = [join(folder, `${name}.${container}`), join(folder, `${name}.${container}.txt`)];
  const started = performance.now();
  if (!existsSync(about)) writeFileSync(about, JSON.stringify(await writeExport(file, container, size)));
  const written = JSON.parse(readFileSync(about, 'utf8')) as WrittenExport;
  const objectKey = `archives/bench/${name}`;
  const stored = await objects.write(objectKey, createReadStream(file));
  if (keep === null) rmSync(file);
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${size.messages} messages, ${megabytes(written.jsonBytes)} of JSON, ${megabytes(stored.size)} as ${container}, there after ${seconds.toFixed(0)} s`,
  );
  return { ...written, ...stored, objectKey };
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
