import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Leaves the password of the user `neo4j` where Neo4j looks for it when it creates its system database (the file that
 * `neo4j-admin dbms set-initial-password` writes), so that no server ever listens with the well-known one.
 */
export function writeFirstPassword(folder: string, password: string): void {
  if (existsSync(join(folder, 'data', 'databases', 'system'))) return;
  const salt = randomBytes(32);
  const hash = createHash('sha256').update(salt).update(password).digest('hex');
  const security = join(folder, 'data', 'dbms');
  mkdirSync(security, { recursive: true });
  const line = `neo4j:SHA-256,${hash},${salt.toString('hex')}:\n`;
  writeFileSync(join(security, 'auth.ini'), line, { mode: 0o600 });
}
