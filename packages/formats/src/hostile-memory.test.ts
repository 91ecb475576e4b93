/** Exports of hundreds of megabytes, read by a process whose heap has no room for them. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { Measured } from './testing/measure-memory.ts';

const SCRIPT = fileURLToPath(new URL('testing/measure-memory.ts', import.meta.url));
const HEAP_MEGABYTES = 64;
/** The process itself takes 140 MB, the largest record that is held 134 MB; the rest is what is not collected yet. */
const PEAK_BYTES = 450_000_000;
const TIMEOUT_MS = 300_000;

/** By case: the code that refuses the export or null, the conversations, the issues. */
const EXPECTED: Record<string, [string | null, number, string[]]> = {
  'a text of 200 MB': ['LIMIT_EXCEEDED_RECORD', 0, []],
  'a key of 200 MB in a record': [null, 1, ['RECORD_TOO_LARGE']],
  'a key of 200 MB around records': ['INVALID_JSON', 0, []],
  'a value of 200 MB that is raw only': [null, 1, ['RECORD_TOO_LARGE']],
  'a record of 300 MB in a ZIP': ['LIMIT_EXCEEDED_RECORD', 0, []],
  'white space of 50 MB': [null, 2, []],
  'a line of 200 MB': [null, 1, ['RECORD_TOO_LARGE']],
  'a chat of 200 MB': ['LIMIT_EXCEEDED_RECORD', 0, []],
  'a list of 150 MB in a list': ['LIMIT_EXCEEDED_RECORD', 0, []],
  'five million empty messages': ['LIMIT_EXCEEDED_MESSAGES', 0, []],
  'five million values beside the messages': ['LIMIT_EXCEEDED_VALUES', 0, []],
  'five million values in a message': [null, 1, ['RECORD_TOO_MANY_VALUES']],
  'five million values in a line': ['LIMIT_EXCEEDED_VALUES', 0, []],
  '300,000 empty records': [null, 2, ['MISSING_MESSAGES']],
};

async function measured(): Promise<Measured[]> {
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MEGABYTES}`, SCRIPT], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {},
  });
  const [output, errors, exitCode] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  if (exitCode !== 0) throw new Error(`The process ended with ${exitCode}: ${output}${errors}`);
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Measured);
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const onLinux = existsSync('/proc/self/status') ? describe : describe.skip;

onLinux('memory, as /proc tells it', () => {
  test(
    'does not grow with a value, a record or a number of them, and each has its code',
    async () => {
      const cases = await measured();
      const outcomes = cases.map(({ name, code, conversations, issues }) => [name, [code, conversations, issues]]);
      expect(Object.fromEntries(outcomes)).toEqual(EXPECTED);
      expect(cases.filter(({ peakBytes }) => !(peakBytes < PEAK_BYTES))).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
