import { asText, type JsonObject } from '../../json/values.ts';
import { jsonLinesSessions } from '../json-lines/json-lines-sessions.ts';
import { Assets } from './attachments.ts';
import { ColloquyConversation } from './conversation.ts';
import { platformOf } from './platform.ts';

/** Our own neutral format; see docs/formats/colloquy.md. */
export const colloquy = jsonLinesSessions({
  name: 'colloquy-jsonl',
  platform: 'colloquy',
  label: 'Colloquy export (JSONL or ZIP)',
  sessions: 'conversations of a Colloquy export',
  isLine: (line) => line.type === 'header' && line.format === 'colloquy',
  open(archive) {
    const assets = new Assets(archive);
    return {
      observe: () => undefined,
      sorter: () => (line) => ({ session: keyOf(line), isMessage: keyOf(line) !== null }),
      openSession: () => new ColloquyConversation(assets),
    };
  },
});

/** Names the conversation of a line; null for lines of other kinds. */
function keyOf(line: JsonObject): string | null {
  const id =
    line.type === 'conversation' ? asText(line.id) : line.type === 'message' ? asText(line.conversation) : null;
  return id === null ? null : JSON.stringify([platformOf(line), id]);
}
