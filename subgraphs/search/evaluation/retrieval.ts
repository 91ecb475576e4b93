import { parseArgs } from 'node:util';
import { SEARCH_MODES, type SearchMode, tenantUuid, toId } from '@colloquy/domain';
import { createEmbedder, type Embedder } from '@colloquy/embedding';
import { type ChunkRecord, objectId, openVectorIndex, type VectorIndex } from '@colloquy/vectors';
import { type Answered, measure } from './measures.ts';
import { type Meeting, readMeetings } from './meetings.ts';

/**
 * How well questions find the turns that answer them, in their own conversation, through the real index and model:
 * `node subgraphs/search/evaluation/retrieval.ts --weaviate URL --grpc URL --models FOLDER --model NAME --file JSONL`
 */
const { values } = parseArgs({
  options: {
    weaviate: { type: 'string', default: 'http://127.0.0.1:8080' },
    grpc: { type: 'string', default: 'http://127.0.0.1:50051' },
    models: { type: 'string' },
    model: { type: 'string', default: 'all-MiniLM-L6-v2' },
    file: { type: 'string', default: '../shared/fixtures/retrieval/qmsum-val.jsonl' },
    alpha: { type: 'string', multiple: true, default: [] },
  },
});
const tenantId = tenantUuid('evaluation');

const embedder = await createEmbedder({
  kind: values.models ? 'local' : 'hashing',
  model: values.model,
  modelFolder: values.models,
});
const index = openVectorIndex({ url: values.weaviate, grpcUrl: values.grpc });
const target = { tenantId, generation: Date.now(), version: embedder.version.id };
try {
  await index.ensureCollection(embedder.version);
  await index.ensureTenant(target);
  const meetings: Meeting[] = [];
  for await (const meeting of readMeetings(values.file)) {
    await project(index, embedder, meeting);
    meetings.push(meeting);
  }
  await index.activate(target);
  while ((await index.indexingQueueLength(target)) !== 0) await new Promise((resolve) => setTimeout(resolve, 250));
  for (const mode of SEARCH_MODES) await report(meetings, mode, mode);
  for (const alpha of values.alpha) await report(meetings, 'HYBRID', `alpha ${alpha}`, Number(alpha));
} finally {
  await index.dropTenant(target);
  await index.close();
  await embedder.close();
}

async function project(into: VectorIndex, by: Embedder, meeting: Meeting): Promise<void> {
  const pieces = meeting.turns.flatMap((text, turn) => by.chunk(text).map((chunk) => ({ turn, chunk })));
  const vectors = await by.embed(pieces.map(({ chunk }) => chunk.text));
  const chunks = pieces.map(
    ({ turn, chunk }, at): ChunkRecord => ({
      ownerId: turnId(meeting, turn),
      ownerKind: 'MESSAGE',
      chunkNumber: chunk.number,
      start: chunk.start,
      end: chunk.end,
      content: chunk.text,
      vector: vectors[at] as Float32Array,
      conversationId: conversationId(meeting),
      platform: 'chatgpt',
      occurredAt: null,
      role: 'USER',
      hidden: false,
      intelligenceType: null,
      confidenceScore: null,
      tags: [],
    }),
  );
  await into.replaceConversation(target, conversationId(meeting), 1, chunks);
}

async function report(meetings: readonly Meeting[], mode: SearchMode, name: string, alpha?: number): Promise<void> {
  const answered: Answered[] = [];
  for (const meeting of meetings) {
    const turnOf = new Map(meeting.turns.map((_, turn) => [turnId(meeting, turn), turn]));
    for (const { text, answers } of meeting.questions) {
      const started = performance.now();
      const vector = mode === 'KEYWORD' ? undefined : await embedder.embedQuery(text);
      const page = await index.search({
        tenantId,
        mode,
        text,
        query: vector && { vector, version: embedder.version.id },
        limit: 50,
        filter: { conversationId: conversationId(meeting) },
        alpha,
      });
      const found = (page?.hits ?? []).map(({ ownerId }) => turnOf.get(ownerId) ?? -1);
      answered.push({ found, answers, milliseconds: performance.now() - started });
    }
  }
  const { questions, hitAt10, recallAt10, reciprocalRank, medianMilliseconds } = measure(answered);
  const figures = [hitAt10, recallAt10, reciprocalRank].map((figure) => figure.toFixed(3)).join(' | ');
  process.stdout.write(`| ${name} | ${figures} | ${medianMilliseconds.toFixed(0)} ms | ${questions} questions |\n`);
}

function conversationId(meeting: Meeting): string {
  return toId('conversation', objectId(meeting.id, 0, 'conversation'));
}

function turnId(meeting: Meeting, turn: number): string {
  return toId('message', objectId(meeting.id, turn, 'turn'));
}
