import { MESSAGE_ROLES, type MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableId, storableText, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asText } from '../../json/values.ts';
import type { DerivedIds } from '../json-lines/derived-id.ts';
import type { SessionLine } from '../json-lines/read-line.ts';
import type { Assets } from './attachments.ts';
import { formerTexts } from './history.ts';
import { readRaw } from './raw.ts';

/** A line of type `message`; one without an id gets one that follows from what it says. */
export function readMessage(
  { value, raw, location }: SessionLine,
  assets: Assets,
  log: IssueLog,
  derived: DerivedIds,
): TreeNode {
  if (typeof value.text !== 'string') log.report('INVALID_CONTENT', location, 'The message has no text.');
  const metadata = asObject(value.metadata);
  const attachments = assets.attachmentsOf(value.attachments, `${location}.attachments`, log);
  const former = formerTexts(value.revisions, `${location}.revisions`, log);
  const absentSince = parseTime(value.absentSince, `${location}.absentSince`, log);
  const derivedId = () => {
    log.report(
      'MISSING_MESSAGE_ID',
      location,
      'The message has no id and was given one that follows from its content.',
    );
    return derived.next('', [value.parent, value.role, value.createdAt, value.text]);
  };
  const parent = asText(value.parent);
  return {
    id: storableId(asText(value.id) ?? derivedId(), location, log),
    parentId: parent === null ? null : storableId(parent, location, log),
    location,
    message: {
      role: roleOf(value.role, location, log),
      author: storableTextOrNull(asText(value.author), `${location}.author`, log),
      text: storableText(typeof value.text === 'string' ? value.text : '', `${location}.text`, log),
      hidden: value.hidden === true,
      createdAt: parseTime(value.createdAt, `${location}.createdAt`, log),
      model: storableTextOrNull(asText(value.model), `${location}.model`, log),
      contentType: storableText(asText(value.contentType) ?? 'text', `${location}.contentType`, log),
      metadata: pick(metadata, Object.keys(metadata ?? {})),
      raw: readRaw(value.raw, raw, location, log),
      ...(attachments.length > 0 && { attachments }),
      ...(former.length > 0 && { formerTexts: former }),
      ...(absentSince !== null && { absentSince }),
    },
  };
}

function roleOf(value: unknown, location: string, log: IssueLog): MessageRole {
  const role = MESSAGE_ROLES.find((each) => each === value);
  if (role) return role;
  log.report('UNKNOWN_ROLE', location, `Expected ${MESSAGE_ROLES.join(', ')}; found ${JSON.stringify(value ?? null)}.`);
  return 'SYSTEM';
}
