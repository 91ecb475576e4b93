import { jsonLinesSessions } from '../json-lines/json-lines-sessions.ts';
import { isCodexLine } from './line.ts';
import { CodexSession } from './session.ts';
import { sortRollout } from './sorter.ts';

/** Codex's rollout files; see docs/formats/codex.md. */
export const codex = jsonLinesSessions({
  name: 'codex-jsonl',
  platform: 'codex',
  label: 'Codex sessions (JSONL or ZIP)',
  sessions: 'Codex sessions',
  isLine: isCodexLine,
  open: () => ({
    observe() {},
    sorter: sortRollout,
    openSession: (id) => new CodexSession(id),
  }),
});
