import { aistudio } from './formats/aistudio/reader.ts';
import { chatgpt } from './formats/chatgpt/reader.ts';
import { claude } from './formats/claude/reader.ts';
import { claudeCode } from './formats/claude-code/reader.ts';
import { codex } from './formats/codex/reader.ts';
import { colloquy } from './formats/colloquy/reader.ts';
import { discord } from './formats/discord/reader.ts';
import { geminiTakeout } from './formats/gemini-takeout/reader.ts';
import { grok } from './formats/grok/reader.ts';
import { librechat, librechatTree } from './formats/librechat/reader.ts';
import { openaiMessages } from './formats/openai-messages/reader.ts';
import { openwebui, openwebuiChat } from './formats/openwebui/reader.ts';
import type { FormatReader } from './formats/reader.ts';
import { slack } from './formats/slack/reader.ts';
import { telegram } from './formats/telegram/reader.ts';
import { whatsapp } from './formats/whatsapp/reader.ts';

/**
 * Every format that can be read. A further one is a reader of its own, added here, and a page in docs/formats; a further
 * platform also a name in packages/domain and a row in a migration.
 */
export const FORMATS: readonly FormatReader[] = [
  chatgpt,
  claude,
  aistudio,
  geminiTakeout,
  claudeCode,
  codex,
  slack,
  discord,
  telegram,
  whatsapp,
  grok,
  librechat,
  librechatTree,
  openwebui,
  openwebuiChat,
  openaiMessages,
  colloquy,
];

/** Labels of the formats, by platform, in the order of the registry. */
export function supportedFormats(): { platform: string; formats: string[] }[] {
  const platforms = Map.groupBy(FORMATS, ({ platform }) => platform);
  return [...platforms].map(([platform, readers]) => ({ platform, formats: readers.map(({ label }) => label) }));
}
