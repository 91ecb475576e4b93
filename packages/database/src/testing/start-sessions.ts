import { createHash } from 'node:crypto';
import { platformUuid } from '@colloquy/domain';
import { completeUpload } from '../archives/complete-upload.ts';
import { createUpload } from '../archives/create-upload.ts';
import { startSession } from '../archives/start-session.ts';
import type { Database } from '../connection/database.ts';
import { inTenant, type TenantScope } from '../connection/tenant.ts';

/** Starts the session of an archive whose bytes are invented: `name` stands for them. Gives the session's id. */
export function startNamedSession(
  database: Database,
  scope: TenantScope & { userId: string },
  name: string,
): Promise<string> {
  const { userId } = scope;
  const sha256 = createHash('sha256').update(name).digest('hex');
  return inTenant(database, scope, async (client) => {
    const { archiveId } = await createUpload(client, { fileName: `${name}.json`, byteSize: 100, sha256, userId });
    await completeUpload(client, { archiveId, sha256, objectKey: `archives/${name}` });
    const platformId = platformUuid('chatgpt');
    const { sessionId } = await startSession(client, { archiveId, platformId, format: 'chatgpt-json', userId });
    return sessionId;
  });
}
