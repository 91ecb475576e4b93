import { createUpload } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { requireRole } from '../../access.ts';
import type { CreateArchiveUploadInput, MutationResolvers } from '../../generated/resolvers.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';
import { UPLOAD_PREFIX } from '../../upload/route.ts';
import { invalidInput, limitExceeded } from '../errors/results.ts';

const MAX_NAME = 255;
const SHA_256 = /^[0-9a-f]{64}$/i;

/** Why a file cannot be announced, or null. */
function refusal({ fileName, byteSize, sha256 }: CreateArchiveUploadInput, maxArchiveBytes: number) {
  const unfit = nameFault(fileName);
  if (unfit !== null) return invalidInput('fileName', unfit);
  if (byteSize === 0) return invalidInput('byteSize', 'The file is empty.', 'EMPTY_FILE');
  if (byteSize < 0) return invalidInput('byteSize', `Expected at least 1 byte, got ${byteSize}.`);
  if (byteSize > maxArchiveBytes) {
    return limitExceeded(`The file has ${byteSize} bytes; at most ${maxArchiveBytes} are taken.`, maxArchiveBytes);
  }
  if (sha256 != null && !SHA_256.test(sha256)) return invalidInput('sha256', 'Expected 64 hexadecimal digits.');
  return null;
}

function nameFault(name: string): string | null {
  if (name.trim() === '' || name.length > MAX_NAME) return `Expected a name of 1 to ${MAX_NAME} characters.`;
  if (/[\\/\p{Cc}]/u.test(name) || !name.isWellFormed() || name === '.' || name === '..') {
    return 'Expected a plain file name, without folders and control characters.';
  }
  return null;
}

export const createArchiveUpload: NonNullable<MutationResolvers['createArchiveUpload']> = async (
  _,
  { input },
  context,
) => {
  requireRole(context.viewer, 'STANDARD', 'upload archives');
  const refused = refusal(input, context.maxArchiveBytes);
  if (refused) return refused;
  const { fileName, byteSize, sha256 } = input;
  const { archiveId, stored } = await context.store.transact((client, { userId }) =>
    createUpload(client, { fileName, byteSize, sha256: sha256?.toLowerCase() ?? null, userId }),
  );
  return {
    __typename: 'CreateArchiveUploadPayload',
    archive: await loadExisting(context.loaders.archive, archiveId),
    uploadUrl: stored ? null : `${UPLOAD_PREFIX}${toId('archive', archiveId)}`,
  };
};
