import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import { request } from '../client/graphql.ts';
import { payloadOf, typedError } from './result.ts';
import { SESSION_FIELDS, type Session, session } from './session.ts';

const uploadPayload = z.object({
  __typename: z.literal('CreateArchiveUploadPayload'),
  archive: z.object({ id: z.string() }),
  uploadUrl: z.string().nullable(),
});
const createUpload = {
  document: `mutation CreateUpload($input: CreateArchiveUploadInput!) {
    createArchiveUpload(input: $input) {
      __typename
      ... on CreateArchiveUploadPayload { archive { id } uploadUrl }
      ... on Error { message code }
      ... on InvalidInputError { field }
      ... on LimitExceededError { limit }
    }
  }`,
  data: z.object({ createArchiveUpload: z.union([uploadPayload, typedError]) }),
};

/** A file as it is announced before its bytes are sent. */
export interface AnnouncedFile {
  fileName: string;
  byteSize: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** Announces a file. `uploadUrl` is relative to the gateway; null when these bytes are stored already. */
export async function createArchiveUpload(
  connection: Connection,
  file: AnnouncedFile,
): Promise<{ archiveId: string; uploadUrl: string | null }> {
  const { createArchiveUpload: result } = await request(connection, createUpload, { input: file });
  const { archive, uploadUrl } = payloadOf<z.infer<typeof uploadPayload>>(result, 'CreateArchiveUploadPayload');
  return { archiveId: archive.id, uploadUrl };
}

const importPayload = z.object({
  __typename: z.literal('ImportArchivePayload'),
  session,
  alreadyImported: z.boolean(),
});
const startImport = {
  document: `mutation ImportArchive($input: ImportArchiveInput!) {
    importArchive(input: $input) {
      __typename
      ... on ImportArchivePayload { session { ${SESSION_FIELDS} } alreadyImported }
      ... on Error { message code }
      ... on InvalidInputError { field }
      ... on UnsupportedFormatError { recognised supported }
    }
  }`,
  data: z.object({ importArchive: z.union([importPayload, typedError]) }),
};

/** Starts, or goes on with, the extraction of an uploaded archive. */
export async function importArchive(
  connection: Connection,
  archiveId: string,
): Promise<{ session: Session; alreadyImported: boolean }> {
  const { importArchive: result } = await request(connection, startImport, { input: { archiveId } });
  const { session: started, alreadyImported } = payloadOf<z.infer<typeof importPayload>>(
    result,
    'ImportArchivePayload',
  );
  return { session: started, alreadyImported };
}
