import type { ArchiveView } from '../../archive/view.ts';
import { asObject, type JsonObject } from '../../json/values.ts';
import type { DocumentIndex } from '../attachments/document-index.ts';
import { withMediaTypes } from '../attachments/message-attachments.ts';
import { jsonConversations } from '../json-conversations.ts';
import type { FormatReader, Recognition } from '../reader.ts';
import { indexAssets } from './attachments.ts';
import { parseConversation } from './conversation.ts';

const MAIN_DOCUMENT = /(^|\/)prod-grok-backend\.json$/i;
/** What stands beside `conversations` in the main document, and tells an empty list of xAI from any other. */
const COMPANIONS = ['projects', 'tasks', 'media_posts'];

function format(assets: DocumentIndex): FormatReader {
  return jsonConversations({
    name: 'grok-json',
    platform: 'grok',
    label: 'Grok export (JSON or ZIP)',
    mainDocument: MAIN_DOCUMENT,
    parts: ['responses'],
    isConversation: (value) => asObject(value.conversation) !== null && Array.isArray(value.responses),
    parse: (record) => parseConversation(record, assets),
  });
}

const withoutAssets = format(indexAssets({ documents: [] }));

/** The account export of xAI (Grok); see docs/formats/grok.md. */
export const grok: FormatReader = {
  ...withoutAssets,
  async *read(archive, recognition, context) {
    for await (const record of format(indexAssets(archive)).read(archive, recognition, context)) {
      // Only their first bytes tell what the files of the asset server are.
      const isConversation = record.kind === 'conversation';
      yield isConversation ? { ...record, conversation: await withMediaTypes(record.conversation) } : record;
    }
  },
  recognise: async (archive) => (await withoutAssets.recognise(archive)) ?? recogniseEmpty(archive),
};

async function recogniseEmpty(archive: ArchiveView): Promise<Recognition | null> {
  const documents = archive.documents.filter(({ name }) => archive.container === 'file' || MAIN_DOCUMENT.test(name));
  for (const document of documents) {
    const sketch = await archive.sketch(document);
    const root = sketch.kind === 'json' && sketch.complete && !sketch.faulty ? asObject(sketch.root) : null;
    if (root !== null && isEmptyExport(root)) {
      return { confidence: 0.6, reason: 'an export of xAI without conversations', documents: [document] };
    }
  }
  return null;
}

function isEmptyExport(root: JsonObject): boolean {
  const { conversations } = root;
  return Array.isArray(conversations) && conversations.length === 0 && COMPANIONS.some((name) => name in root);
}
