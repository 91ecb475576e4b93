import { createInterface } from 'node:readline/promises';
import { UsageError } from '../exit.ts';
import type { Output } from '../output.ts';

/** Asks at the terminal, on stderr; true for `yes` alone. Throws a UsageError when there is no terminal. */
export async function confirm(question: string, { stderr }: Output): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError('There is no terminal to ask at. Repeat with --yes.');
  const terminal = createInterface({ input: process.stdin });
  try {
    stderr.write(`${question} Type yes: `);
    const answer = await terminal[Symbol.asyncIterator]().next();
    return answer.done !== true && answer.value.trim() === 'yes';
  } finally {
    terminal.close();
  }
}
