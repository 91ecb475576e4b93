import { open, readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Endings of the files that products export. What a file really is, the platform finds out from its content. */
const ENDINGS: ReadonlySet<string> = new Set(['.zip', '.json', '.jsonl', '.ndjson', '.txt', '.html', '.htm']);
const PASSED_OVER: ReadonlySet<string> = new Set(['node_modules', '__MACOSX']);
const SNIFFED_BYTES = 64;

/** A file of a folder that could be an export. */
export interface Candidate {
  path: string;
  byteSize: number;
  /** When it was last written, in milliseconds. */
  writtenAt: number;
}

/**
 * The files below a folder that could be exports, by name, each folder's files in their order. Hidden ones are passed
 * over, and so are linked folders, which could lead in circles.
 */
export async function* candidatesIn(folder: string): AsyncGenerator<Candidate, void, undefined> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || PASSED_OVER.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* candidatesIn(path);
    else if (entry.isFile() || entry.isSymbolicLink()) yield* candidate(path);
  }
}

async function* candidate(path: string): AsyncGenerator<Candidate, void, undefined> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    // A link to nowhere, or a file that was deleted since the folder was listed.
    if (error.code === 'ENOENT' || error.code === 'ELOOP') return null;
    throw error;
  });
  if (found?.isFile() && (await couldBeExport(path))) {
    yield { path, byteSize: found.size, writtenAt: found.mtimeMs };
  }
}

async function couldBeExport(path: string): Promise<boolean> {
  const ending = extname(path).toLowerCase();
  return ending === '' ? beginsAsJson(path) : ENDINGS.has(ending);
}

/** Google's exports hold AI Studio's prompts as JSON in files whose names have no ending. */
async function beginsAsJson(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(SNIFFED_BYTES), length: SNIFFED_BYTES });
    return /^\uFEFF?\s*[{[]/.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await file.close();
  }
}
