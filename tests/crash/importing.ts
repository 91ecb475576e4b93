import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { putArchive } from '../../cli/src/client/upload.ts';
import { createArchiveUpload, importArchive } from '../../cli/src/operations/archive.ts';
import type { TestPlatform } from '../support/platform.ts';
import { follow, type ProgressEvent } from '../support/progress.ts';

/** An event and when it arrived (epoch ms). */
export interface HeardEvent extends ProgressEvent {
  heardAt: number;
}

/** An import as its client sees it while it runs. */
export interface RunningImport {
  /** UPLOAD until the session tells of its stages. */
  stage(): string;
  heard(): readonly HeardEvent[];
  /** Milliseconds from the start to the end; null while it runs. */
  tookMs(): number | null;
  /** The session's id when it has ended; rejects when it was refused or did not end within the limit. */
  readonly done: Promise<string>;
}

const PATIENCE_MS = 60_000;

/**
 * Uploads a file and imports it with the command's own client, which tries again while parts are away, and follows the
 * session with a new connection after every break.
 */
export function startImport(platform: TestPlatform, token: string, path: string, limitMs: number): RunningImport {
  const events: HeardEvent[] = [];
  const startedAt = Date.now();
  let stage = 'UPLOAD';
  let took: number | null = null;
  const run = async () => {
    const session = await upload(platform, token, path);
    stage = 'QUEUED';
    await follow(() => platform.subscriptions(token), session, {
      limitMs,
      onEvent(event) {
        stage = event.stage;
        events.push({ ...event, heardAt: Date.now() });
        return undefined;
      },
    });
    stage = 'ENDED';
    took = Date.now() - startedAt;
    return session;
  };
  return { stage: () => stage, heard: () => events, tookMs: () => took, done: run() };
}

async function upload(platform: TestPlatform, token: string, path: string): Promise<string> {
  const connection = { url: platform.url, token: async () => token, patienceMs: PATIENCE_MS };
  const bytes = readFileSync(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const announced = { fileName: basename(path), byteSize: bytes.length, sha256 };
  const { archiveId, uploadUrl } = await createArchiveUpload(connection, announced);
  if (uploadUrl !== null) await putArchive(connection, uploadUrl, { path, byteSize: bytes.length });
  return (await importArchive(connection, archiveId)).session.id;
}
