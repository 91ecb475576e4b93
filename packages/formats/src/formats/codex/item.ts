import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { asArray, asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';

/** What an item of a rollout says, and who says it. */
export interface Item {
  role: MessageRole;
  hidden: boolean;
  text: string;
  /** The parts of the text, when it has several. */
  parts: string[];
}

/** Items that carry no words and concern nobody's side of the conversation. */
const SILENT = new Set(['ghost_snapshot', 'other']);

/** What the program puts into the user's mouth before and between prompts. */
const WRITTEN_BY_PROGRAM =
  /^\s*(<(environment_context|user_instructions|permissions|INSTRUCTIONS|turn_aborted|skill|skills_instructions|collaboration_mode|personality_spec|model_switch|subagent_notification|user_shell_command|apps_instructions|plugins_instructions|hook_prompt)\b|# AGENTS\.md instructions)/;

/** Whether an item becomes a message. */
export function isMessageItem(item: JsonObject): boolean {
  const type = asText(item.type);
  return type !== null && !SILENT.has(type);
}

/** Reads an item as the model's interface has it. */
export function readItem(item: JsonObject, location: string, log: IssueLog): Item {
  const type = asText(item.type) ?? '';
  if (type === 'message') return readMessage(item, location, log);
  if (type === 'reasoning') {
    return { ...joined([...textsIn(item.summary), ...textsIn(item.content)]), role: 'ASSISTANT', hidden: true };
  }
  if (type.endsWith('_output')) return { ...joined(outputTexts(item)), role: 'TOOL', hidden: true };
  if (type.endsWith('_call')) return { ...joined([callText(item)]), role: 'ASSISTANT', hidden: true };
  if (!type.includes('compaction')) {
    const message = `The item type ${JSON.stringify(type.slice(0, 80))} is not known; its raw JSON is kept.`;
    log.report('UNKNOWN_CONTENT_TYPE', location, message);
  }
  return { ...joined(textsIn(item.content)), role: 'SYSTEM', hidden: true };
}

function readMessage(item: JsonObject, location: string, log: IssueLog): Item {
  const words = joined(textsIn(item.content));
  if (typeof item.content !== 'string' && !Array.isArray(item.content)) {
    log.report('INVALID_CONTENT', location, 'Expected the content to be a text or an array of parts.');
  }
  switch (item.role) {
    case 'assistant':
      return { ...words, role: 'ASSISTANT', hidden: false };
    case 'user': {
      const isOfProgram = WRITTEN_BY_PROGRAM.test(words.text);
      return { ...words, role: isOfProgram ? 'SYSTEM' : 'USER', hidden: isOfProgram };
    }
    case 'developer':
    case 'system':
      return { ...words, role: 'SYSTEM', hidden: true };
    case 'tool':
      return { ...words, role: 'TOOL', hidden: true };
    default: {
      const role = JSON.stringify(item.role ?? null).slice(0, 80);
      log.report('UNKNOWN_ROLE', location, `The role ${role} is not known.`);
      return { ...words, role: 'SYSTEM', hidden: true };
    }
  }
}

/** What stands between two parts of a text. */
export const SEPARATOR = '\n\n';

function joined(parts: string[]): Pick<Item, 'text' | 'parts'> {
  return { text: parts.join(SEPARATOR), parts };
}

/** The words of one part; empty when it has none. */
export function wordsOf(part: unknown): string {
  return asText(asObject(part)?.text) ?? '';
}

/** The words of a text, or of parts such as `input_text`, `output_text`, `summary_text`; images have none. */
function textsIn(content: unknown): string[] {
  if (typeof content === 'string') return content === '' ? [] : [content];
  return objectsIn(content)
    .map(wordsOf)
    .filter((text) => text !== '');
}

/** What is called with: arguments are JSON in a string, input is free text, an action is an object. */
function callText(item: JsonObject): string {
  const words = asText(item.arguments) ?? asText(item.input) ?? asText(item.execution);
  if (words !== null) return words;
  const action = item.action ?? item.arguments ?? item.input;
  return action === undefined || action === null ? '' : JSON.stringify(action);
}

/** A result is a text, parts, or an object around one of them. */
function outputTexts(item: JsonObject): string[] {
  const output = asObject(item.output);
  const texts = textsIn(output === null ? item.output : (output.content ?? output.output));
  return texts.length > 0 ? texts : asArray(item.tools).length > 0 ? [JSON.stringify(item.tools)] : [];
}
