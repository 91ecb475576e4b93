import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { homePaths } from './home.ts';
import { createFile } from './json-file.ts';

/**
 * A random secret of the home (256 bits, URL-safe), created at the first call and the same ever after, also when two
 * processes ask at once. `name` is lower-case letters, digits and dashes.
 */
export async function secret(home: string, name: string): Promise<string> {
  const file = secretFile(home, name);
  if (!existsSync(file)) {
    mkdirSync(homePaths(home).secrets, { recursive: true, mode: 0o700 });
    createFile(file, `${randomBytes(32).toString('base64url')}\n`);
  }
  return readFileSync(file, 'utf8').trim();
}

/** The file (mode 0600) in which `secret` keeps it. */
export function secretFile(home: string, name: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new RangeError(`"${name}" cannot name a secret.`);
  return join(homePaths(home).secrets, name);
}
