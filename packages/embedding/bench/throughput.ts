import { createEmbedder } from '../src/index.ts';

/** `node packages/embedding/bench/throughput.ts MODEL_FOLDER [MODEL] [THREADS] [COUNT]`: texts per second. */
const [folder, model = 'all-MiniLM-L6-v2', threads = '2', count = '1000'] = process.argv.slice(2);
const words =
  'we decided to keep the truth in one store because every copy can be built again from it when needed'.split(' ');
const texts = Array.from({ length: Number(count) }, (_, number) =>
  Array.from({ length: 36 }, (_, at) => words[(number * 7 + at * (1 + (number % 5))) % words.length])
    .join(' ')
    .concat(` ${number}`),
);
const embedder = await createEmbedder({ kind: 'local', model, modelFolder: folder, threads: Number(threads) });
await embedder.embed(texts.slice(0, 50));
let longestPause = 0;
let last = performance.now();
const timer = setInterval(() => {
  longestPause = Math.max(longestPause, performance.now() - last - 5);
  last = performance.now();
}, 5);
const started = performance.now();
await embedder.embed(texts);
const seconds = (performance.now() - started) / 1000;
clearInterval(timer);
process.stdout.write(
  `${model}, ${threads} threads: ${Math.round(texts.length / seconds)} texts/s; event loop held for ${Math.round(longestPause)} ms at most\n`,
);
await embedder.close();
