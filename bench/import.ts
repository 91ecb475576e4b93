import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inTenant, openDatabase } from '../packages/database/src/index.ts';
import { tenantUuid } from '../packages/domain/src/index.ts';
import { createEmbedder } from '../packages/embedding/src/index.ts';
import { ROOT, startPlatform } from '../tests/support/platform.ts';

const HELP = `Usage: node bench/import.ts [FILE] [--rounds N]

Imports an archive into a platform of its own, each round for another tenant, and times the embedder alone over the same
texts right after it, in the same run. Prints a row per round and the medians.
FILE defaults to ../shared/fixtures/scale/chatgpt-meetings.zip.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '1' }, help: { type: 'boolean' } },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const file = positionals[0] ?? join(ROOT, '../shared/fixtures/scale/chatgpt-meetings.zip');
/** As many texts per call as the pipeline's EMBED stage hands over. */
const BATCH = 256;

interface Round {
  importSeconds: number;
  embedderSeconds: number;
  texts: number;
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const platform = await startPlatform();
const rounds: Round[] = [];
try {
  await platform.settled();
  const settings = await platform.settings();
  for (let round = 1; round <= Number(values.rounds); round++) {
    const tenant = `bench-${round}`;
    const { stdout, code } = await platform.command(['import', file, '--json'], {
      COLLOQUY_TOKEN: await platform.token(tenant),
    });
    if (code !== 0) throw new Error(`The import failed: ${stdout}`);
    const line = JSON.parse(stdout) as { seconds: number; conversations: number; messages: number; items: number };
    const texts = await storedTexts(settings.DATABASE_URL ?? '', tenant);
    const embedderSeconds = await embedderAlone(settings.EMBEDDER_MODEL_FOLDER ?? modelFolder(), texts);
    rounds.push({ importSeconds: line.seconds, embedderSeconds, texts: texts.length });
    console.log(
      `round ${round}: import ${line.seconds.toFixed(1)} s (${line.conversations} conversations, ${line.messages} messages, ${line.items} items), ` +
        `embedder alone ${embedderSeconds.toFixed(1)} s for ${texts.length} texts, ratio ${(line.seconds / embedderSeconds).toFixed(2)}`,
    );
  }
} finally {
  await platform.stop();
}
const model = cpus()[0]?.model ?? 'unknown processor';
console.log(
  `median ratio ${median(rounds.map(({ importSeconds, embedderSeconds }) => importSeconds / embedderSeconds)).toFixed(2)} over ${rounds.length} rounds; ` +
    `${cpus().length} x ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}; load ${readFileSync('/proc/loadavg', 'utf8').trim()}`,
);

/** The distinct texts that the import embedded. */
async function storedTexts(url: string, tenant: string): Promise<string[]> {
  const database = openDatabase({ url, applicationName: 'colloquy-bench', onIdleError: () => undefined });
  try {
    const { rows } = await inTenant(database, { tenantId: tenantUuid(tenant), userId: null }, (client) =>
      client.query<{ content: string }>(
        'SELECT DISTINCT ON (text_hash) content FROM intelligence.text_chunks ORDER BY text_hash',
      ),
    );
    return rows.map(({ content }) => content);
  } finally {
    await database.close();
  }
}

async function embedderAlone(modelFolder: string, texts: readonly string[]): Promise<number> {
  const embedder = await createEmbedder({ kind: 'local', model: 'all-MiniLM-L6-v2', modelFolder });
  await embedder.embed(['warm up']);
  const sorted = texts.toSorted((a, b) => a.length - b.length);
  const started = performance.now();
  for (let at = 0; at < sorted.length; at += BATCH) await embedder.embed(sorted.slice(at, at + BATCH));
  const seconds = (performance.now() - started) / 1000;
  await embedder.close();
  return seconds;
}

function modelFolder(): string {
  return join(process.env.COLLOQUY_CACHE ?? join(process.env.HOME ?? '', '.cache', 'colloquy'), 'models');
}
