import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `Usage: node bench/scale/run.ts [options]

How an import of many messages goes: a generated ChatGPT export, the real worker process, stores of the run's own.

With --through parse (which is the default): parsed and stored, beside PostgreSQL's own COPY of the same finished rows into
the same tables; the same at 10,000 messages; and the parse alone beside convoviz on 100,000. With --through done: one
import to its end (extract, relate, embed, project) with the real embedder, stage by stage. Linux, without Docker; needs
python3 with venv for the peer, and about 12 GB of disk for a million messages.

  --through S             parse or done (parse)
  --messages N            (1000000; 100000 with --through done)
  --conversations N       (a hundredth of the messages)
  --bytes-per-message N   of JSON (2100)
  --peer-bytes N          of JSON per message in the file that the peer reads too (1000)
  --as C                  what is imported: zip, with numbered shards as in exports since 2026, or json, one file (zip)
  --rounds N              imports and COPYs in turn; what counts is the median (3)
  --only LIST             of large, small, peer, separated by commas (all)
  --python FILE           a Python that has convoviz 0.1.7; otherwise one is set up for the run
  --profile               one more import in a worker whose CPU is profiled
  --keep DIR              keep the generated export there, and take it from there when it is there
  --name NAME             of the files in bench/results: NAME.json, NAME.md, NAME.svg (scale, or scale-done)
  --publish               also puts the tables into bench/README.md
  --quick                 20,000 messages, 1 round, small and peer at 2,000, named scale-quick: tells whether all of it works
  --help                  this text
`;

export type Part = 'large' | 'small' | 'peer';
const PARTS: readonly Part[] = ['large', 'small', 'peer'];

export interface Options {
  through: 'parse' | 'done';
  messages: number;
  conversations: number;
  bytesPerMessage: number;
  container: 'zip' | 'json';
  rounds: number;
  parts: readonly Part[];
  /** Messages of the small import and of the file that the peer reads. */
  smallMessages: number;
  peerMessages: number;
  peerBytesPerMessage: number;
  python: string | null;
  profile: boolean;
  keep: string | null;
  /** Where the results go, without the extension. */
  output: string;
  publish: boolean;
  help: boolean;
}

/** Reads the command line. Throws when it cannot be understood. */
export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      through: { type: 'string', default: 'parse' },
      messages: { type: 'string' },
      conversations: { type: 'string' },
      'bytes-per-message': { type: 'string', default: '2100' },
      'peer-bytes': { type: 'string', default: '1000' },
      as: { type: 'string', default: 'zip' },
      rounds: { type: 'string' },
      only: { type: 'string', default: PARTS.join(',') },
      python: { type: 'string' },
      profile: { type: 'boolean', default: false },
      keep: { type: 'string' },
      name: { type: 'string' },
      publish: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  const through = oneOf('--through', values.through, ['parse', 'done']);
  const usual = through === 'done' ? 100_000 : 1_000_000;
  const messages = count('--messages', values.messages ?? (quick ? 20_000 : usual));
  const name = `scale${through === 'done' ? '-done' : ''}${quick ? '-quick' : ''}`;
  return {
    through,
    messages,
    conversations: count('--conversations', values.conversations ?? Math.ceil(messages / 100)),
    bytesPerMessage: count('--bytes-per-message', values['bytes-per-message']),
    container: oneOf('--as', values.as, ['zip', 'json']),
    rounds: count('--rounds', values.rounds ?? (quick || through === 'done' ? 1 : 3)),
    parts: values.only.split(',').map((part) => oneOf('--only', part, PARTS)),
    smallMessages: quick ? 2_000 : 10_000,
    peerMessages: quick ? 2_000 : 100_000,
    peerBytesPerMessage: count('--peer-bytes', values['peer-bytes']),
    python: values.python ?? null,
    profile: values.profile,
    keep: values.keep ?? null,
    output: join(import.meta.dirname, '../results', values.name ?? name),
    publish: values.publish,
    help: values.help,
  };
}

function count(option: string, text: string | number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`${option} expects a whole number above 0, not ${text}.`);
  return number;
}

function oneOf<T extends string>(option: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw new Error(`${option} expects ${known.join(' or ')}, not ${text}.`);
  return found;
}
