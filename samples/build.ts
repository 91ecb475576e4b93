/**
 * Builds the sample archives from `source/`: plain conversations, written by hand, become exports as ChatGPT, Claude and
 * AI Studio write them. The output is the same on every run; it is committed.
 *
 *   node samples/build.ts
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aistudioPrompt } from './build/aistudio.ts';
import { chatgptConversation, ODD_RECORD } from './build/chatgpt.ts';
import { claudeConversation } from './build/claude.ts';
import { parseSource, type SourceConversation } from './build/source.ts';
import { storedZip } from './build/zip.ts';

const here = import.meta.dirname;

function read(platform: string): { name: string; conversation: SourceConversation }[] {
  const folder = join(here, 'source', platform);
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, conversation: parseSource(readFileSync(join(folder, name), 'utf8'), name) }));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

const chatgpt = read('chatgpt').map(({ conversation }) => chatgptConversation(conversation));
writeFileSync(
  join(here, 'chatgpt-export.zip'),
  storedZip([
    { name: 'conversations.json', content: json([...chatgpt, ODD_RECORD]) },
    { name: 'user.json', content: json({ id: 'user-trailbook-sample', email: 'sample@example.org' }) },
    { name: 'message_feedback.json', content: json([]) },
  ]),
);
writeFileSync(
  join(here, 'claude-conversations.json'),
  json(read('claude').map(({ conversation }) => claudeConversation(conversation))),
);
for (const { name, conversation } of read('aistudio')) {
  const topic = name.replace(/^\d+-/, '').replace(/\.txt$/, '');
  writeFileSync(join(here, `gemini-aistudio-${topic}.json`), json(aistudioPrompt(conversation)));
}
