import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UsageError } from '../exit.ts';

/** A file that a person named. */
export interface ImportFile {
  /** As it was written on the command line. */
  path: string;
  name: string;
  byteSize: number;
}

/** Looks at every file before the first is sent. Throws a UsageError that names all that are missing or no files. */
export async function inspectFiles(paths: readonly string[]): Promise<ImportFile[]> {
  const files: ImportFile[] = [];
  const faults: string[] = [];
  for (const path of paths) {
    try {
      const found = await stat(path);
      if (found.isFile()) files.push({ path, name: basename(path), byteSize: found.size });
      else faults.push(`${path} is not a file. Name the export itself (a .zip or .json file).`);
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
