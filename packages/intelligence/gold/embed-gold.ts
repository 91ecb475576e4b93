/**
 * Writes vectors.json: `node gold/embed-gold.ts MODULE`, where MODULE exports `embed(text): Promise<Float32Array>` (unit
 * length). The committed file was made with all-MiniLM-L6-v2 (quantised ONNX, mean pooling).
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { goldConversations, sentenceOf } from './gold-set.ts';

const [modulePath] = process.argv.slice(2);
if (!modulePath) throw new Error('usage: node gold/embed-gold.ts MODULE');
const { embed } = (await import(pathToFileURL(resolve(modulePath)).href)) as {
  embed: (text: string) => Promise<Float32Array>;
};

const rows: Record<string, string> = {};
for (const conversation of goldConversations())
  for (const item of conversation.items) {
    const { text } = sentenceOf(conversation, item);
    const vector = await embed(text);
    const peak = Math.max(...vector.map(Math.abs));
    rows[text] = Buffer.from(Int8Array.from(vector, (value) => Math.round((value / peak) * 127)).buffer).toString(
      'base64',
    );
  }
writeFileSync(new URL('./vectors.json', import.meta.url), `${JSON.stringify(rows, null, 1)}\n`);
