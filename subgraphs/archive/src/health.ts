import type { Bell, Database } from '@colloquy/database';
import type { ObjectStore } from '@colloquy/objects';
import type { PartHealth } from '@colloquy/service';

/** Without these no request can be answered. */
export const REQUIRED_PARTS = ['postgres'] as const;

/** How the stores are. Redis only makes progress arrive sooner, so its absence degrades and no more. */
export function createHealthCheck(database: Database, bell: Bell, objects: ObjectStore): () => Promise<PartHealth[]> {
  return () =>
    Promise.all([
      check('postgres', 'failed', () => database.pool.query('SELECT 1')),
      check('redis', 'degraded', () => bell.ping()),
      check('objects', 'failed', () => objects.ping()),
    ]);
}

async function check(
  name: string,
  otherwise: 'degraded' | 'failed',
  probe: () => Promise<unknown>,
): Promise<PartHealth> {
  try {
    await probe();
    return { name, state: 'healthy' };
  } catch {
    // The driver's words may hold an address; what an operator needs is which part does not answer.
    return { name, state: otherwise, detail: 'does not answer' };
  }
}
