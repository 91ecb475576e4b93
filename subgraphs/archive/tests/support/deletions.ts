import { until } from '../../../../tests/support/wait.ts';
import type { Claims, TestArchive } from './archive.ts';
import { announce, put } from './upload.ts';

/** An import that ran to its end. */
export interface Imported {
  archiveId: string;
  sessionId: string;
}

/** Sends bytes and waits until their session is over; throws unless it is COMPLETED. */
export async function importBytes(archive: TestArchive, who: Claims, bytes: string | Uint8Array): Promise<Imported> {
  const announced = await announce(archive, who, { byteSize: Buffer.byteLength(bytes) });
  await put(archive, who, announced.uploadUrl, bytes);
  const archiveId: string = announced.archive.id;
  const { data, errors } = await archive.ask(
    who,
    `mutation ($input: ImportArchiveInput!) { importArchive(input: $input) {
      ... on ImportArchivePayload { session { id } } ... on Error { code message } } }`,
    { input: { archiveId } },
  );
  const sessionId = data?.importArchive?.session?.id;
  if (!sessionId) throw new Error(`The import was refused: ${JSON.stringify(data ?? errors)}`);
  await until(`session ${sessionId} to be COMPLETED`, 60_000, async () => {
    const answer = await archive.ask(
      who,
      `query ($id: ID!) { extractionSession(id: $id) { status stage waitingFor errorMessage } }`,
      { id: sessionId },
    );
    const session = answer.data?.extractionSession;
    if (session?.status === 'FAILED') throw new Error(session.errorMessage);
    return session?.status === 'COMPLETED' ? true : null;
  });
  return { archiveId, sessionId };
}

export const DELETION = `id kind subjectId subjectName status waitingFor errorMessage completedAt archives { id }
  counts { conversations messages revisions attachments items relations chunks embeddings objects objectBytes graphNodes graphEdges vectors }`;

type Kind = 'Archive' | 'Conversation' | 'Message';

/** The result of one of the three mutations. */
export async function askToDelete(archive: TestArchive, who: Claims, kind: Kind, id: string) {
  const { data, errors } = await archive.ask(
    who,
    `mutation ($input: Delete${kind}Input!) { result: delete${kind}(input: $input) {
      __typename ... on Delete${kind}Payload { deletion { ${DELETION} } } ... on Error { code message } } }`,
    { input: { [`${kind.toLowerCase()}Id`]: id } },
  );
  return data?.result ?? { errors };
}

/** Waits until a deletion is COMPLETED, and gives it. */
export async function completed(archive: TestArchive, who: Claims, id: string) {
  return until(`deletion ${id} to be COMPLETED`, 60_000, async () => {
    const { data, errors } = await archive.ask(who, `query ($id: ID!) { deletion(id: $id) { ${DELETION} } }`, { id });
    if (!data?.deletion || data.deletion.status === 'FAILED') throw new Error(JSON.stringify(data ?? errors));
    return data.deletion.status === 'COMPLETED' ? data.deletion : null;
  });
}

/** Deletes and waits. */
export async function deleteWhole(archive: TestArchive, who: Claims, kind: Kind, id: string) {
  const asked = await askToDelete(archive, who, kind, id);
  if (!asked.deletion) throw new Error(`Refused: ${JSON.stringify(asked)}`);
  return completed(archive, who, asked.deletion.id);
}
