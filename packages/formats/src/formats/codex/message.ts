import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableText, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { MessageDraft } from '../../conversation/tree-node.ts';
import { asText } from '../../json/values.ts';
import type { SessionLine } from '../json-lines/read-line.ts';
import { attachmentsOf } from './attachments.ts';
import type { Item } from './item.ts';
import type { RolloutLine } from './line.ts';

const ITEM_FIELDS = ['name', 'call_id', 'status', 'phase', 'end_turn', 'namespace'];

/** Who wrote a message, as far as the lines before it tell. */
export interface Writer {
  /** The tool whose result it is, or null. */
  tool: string | null;
  model: string | null;
}

/** A message of a rollout; its place in the session is not known yet. */
export function draftMessage(
  line: SessionLine,
  rollout: RolloutLine,
  { role, hidden, text }: Item,
  { tool, model }: Writer,
  log: IssueLog,
): MessageDraft {
  const { raw, location } = line;
  const { item, kind, timestamp } = rollout;
  const attachments = attachmentsOf(line, rollout, text, log);
  return {
    role,
    author: role === 'TOOL' ? storableTextOrNull(tool, location, log) : null,
    text: storableText(text, location, log),
    hidden,
    createdAt: parseTime(timestamp, `${location}.timestamp`, log),
    model: role === 'ASSISTANT' ? model : null,
    contentType: storableText(kind === 'compacted' ? kind : (asText(item.type) ?? 'unknown'), location, log),
    raw,
    metadata: pick(item, ITEM_FIELDS),
    ...(attachments.length > 0 && { attachments }),
  };
}
