import type { ArchiveView } from '../archive/view.ts';
import { ArchiveError } from '../errors.ts';
import type { ParsedRecord } from '../model.ts';
import type { FormatReader, ReadContext, Recognition } from './reader.ts';

/** A reader of the documents of one kind that lie beside the conversations of an export. */
export interface Companion {
  reader: FormatReader;
  /** Names of the documents in a ZIP that are looked at. */
  names: RegExp;
  /** Whether the documents are too plain to be recognised by: they count only beside conversations. */
  needsConversations?: boolean;
}

interface Part {
  reader: FormatReader;
  recognition: Recognition;
}

interface Parts {
  main: Part | null;
  companions: readonly Part[];
}

/** What is beside the conversations says less surely than they do whose export it is. */
const COMPANION_CONFIDENCE = 0.8;

/**
 * A reader of conversations that also reads other documents of the same export, such as projects, each kind by a reader
 * of its own. An export without conversations is recognised by those as well, with a lower confidence. Damage to one
 * document of a companion is an issue and costs no other; in an export of companions alone it is an ArchiveError.
 */
export function withCompanions(main: FormatReader, companions: readonly Companion[]): FormatReader {
  const partsOf = new WeakMap<Recognition, Parts>();
  const known = (recognition: Recognition): Parts =>
    partsOf.get(recognition) ?? { main: { reader: main, recognition }, companions: [] };
  return {
    ...main,
    async recognise(archive) {
      const parts: Parts = await recogniseParts(archive, main, companions);
      const own = parts.main?.recognition ?? companionOnly(parts);
      if (own === null) return null;
      const recognition = { ...own, documents: documentsOf(parts) };
      partsOf.set(recognition, parts);
      return recognition;
    },
    async *read(archive, recognition, context) {
      const parts = known(recognition);
      if (parts.main) yield* parts.main.reader.read(archive, parts.main.recognition, context);
      for (const part of parts.companions) yield* readCompanion(part, archive, context, parts.main !== null);
    },
    async survey(archive, recognition, context) {
      const parts = known(recognition);
      let count = parts.main ? await parts.main.reader.survey(archive, parts.main.recognition, context) : 0;
      for (const part of parts.companions) {
        count += parts.main
          ? await countCompanion(part, archive, context)
          : await part.reader.survey(archive, part.recognition, context);
      }
      return count;
    },
  };
}

async function recogniseParts(
  archive: ArchiveView,
  main: FormatReader,
  companions: readonly Companion[],
): Promise<Parts> {
  const own = await main.recognise(archive);
  const found: Part[] = [];
  for (const { reader, names, needsConversations } of companions) {
    if (needsConversations && own === null) continue;
    const documents = archive.documents.filter(({ name }) => archive.container === 'file' || names.test(name));
    const recognition = documents.length > 0 ? await reader.recognise({ ...archive, documents }) : null;
    if (recognition !== null) found.push({ reader, recognition });
  }
  return { main: own && { reader: main, recognition: own }, companions: found };
}

function companionOnly({ companions: [first] }: Parts): Recognition | null {
  return first === undefined ? null : { ...first.recognition, confidence: COMPANION_CONFIDENCE };
}

function documentsOf({ main, companions }: Parts): Recognition['documents'] {
  const all = [...(main ? [main] : []), ...companions].flatMap(({ recognition }) => recognition.documents);
  return [...new Set(all)];
}

async function* readCompanion(
  { reader, recognition }: Part,
  archive: ArchiveView,
  context: ReadContext,
  isTolerant: boolean,
): AsyncGenerator<ParsedRecord> {
  for (const document of recognition.documents) {
    try {
      yield* reader.read(archive, { ...recognition, documents: [document] }, context);
    } catch (error) {
      if (!isTolerant || !(error instanceof ArchiveError)) throw error;
      const message = error.message.slice(0, 200);
      yield { kind: 'issue', issue: { code: 'INVALID_RECORD', location: document.name, message } };
    }
  }
}

/** What `readCompanion` yields: counted by the survey where a document is whole, by reading it where it is damaged. */
async function countCompanion(part: Part, archive: ArchiveView, context: ReadContext): Promise<number> {
  let count = 0;
  for (const document of part.recognition.documents) {
    const recognition = { ...part.recognition, documents: [document] };
    try {
      count += await part.reader.survey(archive, recognition, context);
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      for await (const _ of readCompanion({ ...part, recognition }, archive, context, true)) count++;
    }
  }
  return count;
}
