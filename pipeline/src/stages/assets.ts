import { createHash } from 'node:crypto';
import { inTenant, knownAssets, type StageLease, type StoredAsset } from '@colloquy/database';
import { mintUuid } from '@colloquy/domain';
import { ArchiveError, type ParsedAttachment, type ParsedConversation, type ParseIssue } from '@colloquy/formats';
import type { PipelineContext } from '../context.ts';

/** The files of some conversations, as far as the archive holds them. */
export interface ArrivedAssets {
  /** Those that the tenant had not; they lie in the object store now. */
  added: StoredAsset[];
  /** What the bytes of an attachment are. */
  contentOf: ReadonlyMap<ParsedAttachment, Content>;
  issues: ParseIssue[];
}

interface Content {
  sha256: string;
  byteSize: number;
}

/**
 * Brings files that came with messages into the object store, the same bytes once per tenant. They are read twice, first
 * for their hash: a grown export holds mostly what is there already.
 */
export async function storeAssets(
  context: PipelineContext,
  lease: StageLease,
  conversations: readonly ParsedConversation[],
): Promise<ArrivedAssets> {
  const contentOf = new Map<ParsedAttachment, Content>();
  const readers = new Map<string, () => AsyncIterable<Uint8Array>>();
  const issues: ParseIssue[] = [];
  for (const conversation of conversations) {
    for (const message of conversation.messages) {
      for (const attachment of message.attachments) {
        if (attachment.open === null) continue;
        const content = await digest(attachment.open);
        if (content instanceof ArchiveError) {
          issues.push(unreadable(conversation, message.externalId, attachment, content));
        } else {
          contentOf.set(attachment, content);
          readers.set(content.sha256, attachment.open);
        }
      }
    }
  }
  if (readers.size === 0) return { added: [], contentOf, issues };

  const known = await inTenant(context.database, lease, (client) => knownAssets(client, [...readers.keys()]));
  const added: StoredAsset[] = [];
  for (const [sha256, open] of readers) {
    if (known.has(sha256)) continue;
    // A key of its own: what is being deleted under an older one must not take these bytes with it.
    const objectKey = `assets/${lease.tenantId}/${mintUuid()}`;
    const { size } = await context.objects.write(objectKey, open());
    added.push({ sha256, byteSize: size, objectKey });
  }
  return { added, contentOf, issues };
}

async function digest(open: () => AsyncIterable<Uint8Array>): Promise<Content | ArchiveError> {
  const hash = createHash('sha256');
  let byteSize = 0;
  try {
    for await (const chunk of open()) {
      hash.update(chunk);
      byteSize += chunk.length;
    }
  } catch (error) {
    // Damage to one file of an archive costs that file alone.
    if (error instanceof ArchiveError) return error;
    throw error;
  }
  return { sha256: hash.digest('hex'), byteSize };
}

function unreadable(
  { title, externalId }: ParsedConversation,
  messageId: string,
  { fileName, externalId: attachmentId }: ParsedAttachment,
  { message }: ArchiveError,
): ParseIssue {
  return {
    code: 'UNREADABLE_ATTACHMENT',
    message: `The bytes of this file cannot be read: ${message}`,
    location: `${title ?? externalId} / ${messageId} / ${fileName ?? attachmentId}`,
  };
}
