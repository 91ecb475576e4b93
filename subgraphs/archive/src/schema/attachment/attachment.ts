import { toId } from '@colloquy/domain';
import { ATTACHMENT_PREFIX } from '../../attachment/route.ts';
import type { AttachmentResolvers } from '../../generated/resolvers.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';

export const Attachment: AttachmentResolvers = {
  id: ({ id }) => toId('attachment', id),
  message: ({ messageId }, _, { loaders }) => loadExisting(loaders.message, messageId),
  byteSize: ({ byteSize }) => (byteSize === null ? null : Number(byteSize)),
  url: ({ id, sha256 }) => (sha256 === null ? null : `${ATTACHMENT_PREFIX}${toId('attachment', id)}`),
};
