import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aistudioPrompt } from './aistudio.ts';
import { chatgptConversation, ODD_RECORD } from './chatgpt.ts';
import { claudeConversation } from './claude.ts';
import { parseSource, type SourceConversation } from './source.ts';
import { storedZip } from './zip.ts';

/** The files that the sources under `folder` become, each with its whole content. */
export function buildSamples(folder: string): { name: string; content: string | Buffer }[] {
  const chatgpt = readSources(folder, 'chatgpt').map(({ conversation }) => chatgptConversation(conversation));
  const claude = readSources(folder, 'claude').map(({ conversation }) => claudeConversation(conversation));
  const aistudio = readSources(folder, 'aistudio').map(({ topic, conversation }) => ({
    name: `gemini-aistudio-${topic}.json`,
    content: json(aistudioPrompt(conversation)),
  }));
  const zip = storedZip([
    { name: 'conversations.json', content: json([...chatgpt, ODD_RECORD]) },
    { name: 'user.json', content: json({ id: 'user-trailbook-sample', email: 'sample@example.org' }) },
    { name: 'message_feedback.json', content: json([]) },
  ]);
  return [
    { name: 'chatgpt-export.zip', content: zip },
    { name: 'claude-conversations.json', content: json(claude) },
    ...aistudio,
  ];
}

function readSources(folder: string, platform: string): { topic: string; conversation: SourceConversation }[] {
  const sources = join(folder, 'source', platform);
  return readdirSync(sources)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => ({
      topic: name.replace(/^\d+-/, '').replace(/\.txt$/, ''),
      conversation: parseSource(readFileSync(join(sources, name), 'utf8'), name),
    }));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
