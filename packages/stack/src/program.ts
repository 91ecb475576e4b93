import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { programFolders } from './environment.ts';
import { StackError } from './errors.ts';

/** The path of the first of these programs that is on PATH, or null. */
export function findProgram(...names: readonly string[]): string | null {
  const candidates = names.flatMap((name) => programFolders().map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

/** The path of a program. Throws `PROGRAM_MISSING`, whose message ends with what to do. */
export function needProgram(name: string, advice: string): string {
  const found = findProgram(name);
  if (found === null) throw new StackError('PROGRAM_MISSING', `${name} is not on PATH. ${advice}`);
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Absent or not ours to run: either way not a candidate.
    return false;
  }
}
