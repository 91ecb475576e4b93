import type { MessageRole } from '@colloquy/domain';
import { asObject, type JsonObject } from '../../json/values.ts';
import type { Content } from './content.ts';

/** Who a line is from, and whether it is shown as speech. */
export interface Speaker {
  /** Null when the line's type and role are not known. */
  role: MessageRole | null;
  hidden: boolean;
}

/** What the program itself writes in the name of the user. */
const WRITTEN_BY_PROGRAM =
  /^\s*(<(local-command-[a-z]+|bash-std(out|err)|system-reminder|task-notification|ide_[a-z_]+|user-prompt-submit-hook|environment_context)[ >]|\[Request interrupted by user)/;
/** What a person typed to the program, rather than to the model. */
const COMMAND = /^\s*<(command-(name|message|args)|bash-input)>/;

/** Tells people, models, tools and the program apart. */
export function speakerOf(line: JsonObject, content: Content): Speaker {
  const isAside = line.isSidechain === true;
  const role = asObject(line.message)?.role ?? line.type;
  if (line.type === 'system' || role === 'system') return { role: 'SYSTEM', hidden: true };
  if (role === 'assistant') return { role: 'ASSISTANT', hidden: isAside || !content.isSpoken };
  if (role !== 'user' && line.type !== 'attachment' && line.type !== 'queue-operation')
    return { role: null, hidden: true };
  if (content.hasToolResult) return { role: 'TOOL', hidden: true };
  if (isOfProgram(line, content.text)) return { role: 'SYSTEM', hidden: true };
  return { role: 'USER', hidden: isAside || COMMAND.test(content.text) };
}

function isOfProgram(line: JsonObject, text: string): boolean {
  const origin = asObject(line.origin)?.kind ?? 'human';
  return (
    line.isMeta === true ||
    line.isCompactSummary === true ||
    line.isVisibleInTranscriptOnly === true ||
    origin !== 'human' ||
    WRITTEN_BY_PROGRAM.test(text)
  );
}
