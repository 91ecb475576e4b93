import { EXIT } from '../exit.ts';
import { counted } from '../presentation/format.ts';
import type { ImportOutcome } from './import-file.ts';

/** What a person should know about a batch beside its table: what was not done again, and how to go on. */
export function closingLines(outcomes: readonly ImportOutcome[]): string[] {
  const lines: string[] = [];
  const before = outcomes.filter(({ doneBefore }) => doneBefore).length;
  if (before > 0) {
    lines.push(`${counted(before, 'file')} COMPLETED before this command: nothing of it was sent or read again.`);
  }
  const lost = outcomes.filter(({ error }) => error !== null && error.exitCode !== EXIT.failed);
  if (lost.length === 0) return lines;
  const begun = lost.filter(({ result }) => result.sessionId !== null).length;
  const waiting = lost.length - begun;
  if (begun > 0) {
    lines.push(`${counted(begun, 'file')} sent: extraction goes on by itself, \`colloquy sessions\` shows it.`);
  }
  if (waiting > 0) lines.push(`${counted(waiting, 'file')} not sent yet.`);
  lines.push('The same command again goes on from here; what the platform has is not sent a second time.');
  return lines;
}
