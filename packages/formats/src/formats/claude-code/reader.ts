import { IssueLog } from '../../conversation/issues.ts';
import { storableId } from '../../conversation/storable.ts';
import { jsonLinesSessions } from '../json-lines/json-lines-sessions.ts';
import { isClaudeCodeLine, isMessage, sessionIdOf } from './line-types.ts';
import { ClaudeCodeSession } from './session.ts';
import { Titles } from './titles.ts';

/** Claude Code's session files; see docs/formats/claude-code.md. */
export const claudeCode = jsonLinesSessions({
  name: 'claude-code-jsonl',
  platform: 'claude-code',
  label: 'Claude Code sessions (JSONL or ZIP)',
  sessions: 'Claude Code sessions',
  isLine: isClaudeCodeLine,
  open() {
    const titles = new Titles();
    return {
      observe: (line) => titles.observe(line),
      sorter: () => (line) => {
        const id = sessionIdOf(line);
        // The session reports an id that had to be replaced; here it is only a key.
        return { session: id === null ? null : storableId(id, '', new IssueLog()), isMessage: isMessage(line) };
      },
      openSession: (id) => new ClaudeCodeSession(id, titles),
    };
  },
});
