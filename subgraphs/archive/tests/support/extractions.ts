import { until } from '../../../../tests/support/wait.ts';
import type { Claims, TestArchive } from './archive.ts';
import { upload } from './upload.ts';

/** Uploads an archive and starts its import. */
export async function startImport(
  archive: TestArchive,
  who: Claims,
  bytes: string,
): Promise<{ archiveId: string; sessionId: string }> {
  const archiveId = await upload(archive, who, bytes);
  const { data } = await archive.ask(
    who,
    `mutation ($input: ImportArchiveInput!) { importArchive(input: $input) { ... on ImportArchivePayload { session { id } } } }`,
    { input: { archiveId } },
  );
  return { archiveId, sessionId: data.importArchive.session.id };
}

/** Waits until the session is COMPLETED. */
export async function ended(archive: TestArchive, who: Claims, sessionId: string): Promise<void> {
  await until('the session to be COMPLETED', 120_000, async () => {
    const { data } = await archive.ask(who, 'query ($id: ID!) { extractionSession(id: $id) { status } }', {
      id: sessionId,
    });
    return data.extractionSession.status === 'COMPLETED' ? true : null;
  });
}

/** Asks to take the session up again; undefined when that is not allowed. */
export async function retry(archive: TestArchive, who: Claims, sessionId: string) {
  const { data } = await archive.ask(
    who,
    `mutation ($id: ID!) { retryExtraction(input: { sessionId: $id }) {
      ... on RetryExtractionPayload { session { id status } } ... on Error { code } } }`,
    { id: sessionId },
  );
  return data?.retryExtraction;
}
