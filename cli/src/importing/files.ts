import { stat } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { UsageError } from '../exit.ts';
import { type Candidate, candidatesIn } from './walk.ts';

/** A file to be imported. */
export interface ImportFile {
  /** As it was written on the command line, or below the folder that was. */
  path: string;
  /** What it is announced as. */
  name: string;
  /** What it is called on the screen: its name, or its path in the folder that was named. */
  label: string;
  byteSize: number;
}

/**
 * The files that were named and those in the folders that were (of a folder the oldest first), looked at before the first is sent. Throws a UsageError
 * that names all that are missing, cannot be read or hold nothing.
 */
export async function gatherFiles(paths: readonly string[]): Promise<ImportFile[]> {
  const files: ImportFile[] = [];
  const faults: string[] = [];
  for (const path of paths) {
    try {
      const found = await filesAt(path);
      files.push(...found);
      if (found.length === 0) faults.push(`${path} holds no file that could be an export.`);
    } catch (error) {
      faults.push(
        (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? `${path} does not exist.`
          : `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  return files;
}

async function filesAt(path: string): Promise<ImportFile[]> {
  const found = await stat(path);
  if (!found.isDirectory()) {
    const name = basename(path);
    return [{ path, name, label: name, byteSize: found.size }];
  }
  const candidates: Candidate[] = [];
  for await (const candidate of candidatesIn(path)) candidates.push(candidate);
  // The oldest first: of two exports of one account the later one is to be read as the later one.
  candidates.sort((one, other) => one.writtenAt - other.writtenAt);
  return candidates.map(({ path: inside, byteSize }) => {
    return { path: inside, name: basename(inside), label: relative(path, inside), byteSize };
  });
}
