import {
  completeUpload,
  createUpload,
  createViewerRegistry,
  type Database,
  inTenant,
  startSession,
} from '@colloquy/database';
import { platformUuid, viewerFromClaims } from '@colloquy/domain';
import { detectFormat } from '@colloquy/formats';
import { type ObjectStore, openObjectSource } from '@colloquy/objects';
import type { Client } from 'pg';

const TENANT = 'bench';

/** An archive in the object store. */
export interface StoredArchive {
  objectKey: string;
  size: number;
  sha256: string;
}

/** Where a running import is looked up. */
export interface RunningSession {
  tenantId: string;
  sessionId: string;
}

/** Does what an upload and `importArchive` do: tenant and user, archive, session and its first job. */
export async function beginSession(
  database: Database,
  objects: ObjectStore,
  { objectKey, size, sha256 }: StoredArchive,
): Promise<RunningSession> {
  // A registry of its own each time: the tenants of the round before are gone.
  const viewer = viewerFromClaims({ sub: TENANT, tenant: TENANT, role: 'ADMINISTRATOR' });
  const scope = await createViewerRegistry(database)(viewer);
  const { format, platform } = await detectFormat(await openObjectSource(objects, objectKey));
  return inTenant(database, scope, async (client) => {
    const { userId, tenantId } = scope;
    const { archiveId } = await createUpload(client, { fileName: 'export', byteSize: size, sha256, userId });
    await completeUpload(client, { archiveId, sha256, objectKey });
    const { sessionId } = await startSession(client, { archiveId, platformId: platformUuid(platform), format, userId });
    return { tenantId, sessionId };
  });
}

const HOLD = `
CREATE OR REPLACE FUNCTION public.bench_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.payload->>'stage' <> 'PARSE' THEN NEW.run_at := now() + interval '1 day'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER bench_hold BEFORE INSERT ON graphile_worker._private_jobs FOR EACH ROW EXECUTE FUNCTION public.bench_hold();
GRANT EXECUTE ON FUNCTION public.bench_hold() TO PUBLIC`;

/** Lets the stages behind PARSE wait for a day, so that nothing runs when PARSE is finished. */
export async function holdLaterStages(owner: Client): Promise<void> {
  await owner.query(HOLD);
}

/** Removes every tenant with all that it has, and what is queued. */
export async function forgetTenants(owner: Client): Promise<void> {
  await owner.query('TRUNCATE intelligence.tenants CASCADE');
  await owner.query('DELETE FROM graphile_worker._private_jobs');
}
