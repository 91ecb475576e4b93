import { makeWellFormed } from '@colloquy/domain';
import { asArray, asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import {
  type AttachmentFacts,
  type AttachmentPlace,
  namedAttachment,
  textAttachment,
} from '../attachments/attachment.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import { assetId, assetPointers, barePointers } from './asset-pointers.ts';
import { textdocMediaType } from './canvas/canvas-call.ts';
import { withoutMarks } from './citation-marks.ts';

/**
 * The files of a message: those that its content points to, with their place in the text, and those that its metadata
 * lists; a picture is often both. Their bytes are found in the archive later, by the id.
 */
export function attachmentsOf(message: JsonObject, place: AttachmentPlace): ParsedAttachment[] {
  const content = asObject(message.content);
  const metadata = asObject(message.metadata);
  // Nearly every message is words alone.
  if (!mayHaveFiles(content, metadata)) return [];
  const facts = new Map<string, AttachmentFacts>();
  const add = (next: AttachmentFacts) => facts.set(next.externalId, { ...next, ...known(facts.get(next.externalId)) });
  for (const asset of pointedAt(content)) add(asset);
  for (const pointer of barePointers(content, metadata)) add({ externalId: assetId(pointer) });
  for (const file of listed(metadata)) add(file);
  return distinctAttachments([
    ...[...facts.values()].map((each) => namedAttachment(each, place)),
    ...ownTextdocs(metadata, place),
  ]);
}

function mayHaveFiles(content: JsonObject | null, metadata: JsonObject | null): boolean {
  if (content?.assets || content?.screenshot || metadata?.aggregate_result || metadata?.canvas) return true;
  return hasElements(metadata?.attachments) || asArray(content?.parts).some((part) => typeof part === 'object');
}

function hasElements(value: unknown): boolean {
  return asArray(value).length > 0;
}

/** The members that say something, so that they are not overwritten by ones that do not. */
function known(facts: AttachmentFacts | undefined): Partial<AttachmentFacts> {
  const entries = Object.entries(facts ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries);
}

function pointedAt(content: JsonObject | null): AttachmentFacts[] {
  const pointers = assetPointers(content);
  if (pointers.length === 0) return [];
  const positions = positionsOf(asArray(content?.parts));
  return pointers.map(({ asset, part }, index) => ({
    externalId: assetId(asText(asset.asset_pointer) ?? '') || `assets[${index}]`,
    mediaType: asText(asset.format),
    byteSize: asset.size_bytes,
    position: part === null ? null : positions[part],
  }));
}

/** For each part the length of the message's text before it. */
function positionsOf(parts: readonly unknown[]): number[] {
  let spoken = 0;
  let length = 0;
  return parts.map((part) => {
    const position = length;
    const words = typeof part === 'string' ? part : (asText(asObject(part)?.text) ?? '');
    if (words !== '') length += withoutMarks(makeWellFormed(words).text).length + (spoken++ > 0 ? 1 : 0);
    return position;
  });
}

function listed(metadata: JsonObject | null): AttachmentFacts[] {
  return objectsIn(metadata?.attachments).map((file, index) => ({
    externalId: asText(file.id) ?? asText(file.file_id) ?? `attachments[${index}]`,
    fileName: asText(file.name),
    mediaType: asText(file.mime_type),
    byteSize: file.size,
  }));
}

/** Documents that the person opened in the canvas with this message. */
function ownTextdocs(metadata: JsonObject | null, place: AttachmentPlace): ParsedAttachment[] {
  return objectsIn(asObject(metadata?.canvas)?.user_created_textdocs).map((document, index) =>
    textAttachment(
      asText(document.content) ?? '',
      {
        externalId: `textdoc:${asText(document.user_created_temp_textdoc_id) ?? index}`,
        title: asText(document.title),
        mediaType: textdocMediaType(asText(document.type)),
      },
      place,
    ),
  );
}
