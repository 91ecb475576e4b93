import { IssueLog } from '../../conversation/issues.ts';
import type { SessionLine } from './read-line.ts';

const UUID_AT_END = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\.[a-z]+$)/i;

/** What every session has, whatever its vendor: issues, lines that are no messages, and its span of time. */
export class SessionRecord {
  readonly log = new IssueLog();
  location = '';
  #documentName = '';
  readonly #otherLines: string[] = [];
  #earliest: Date | null = null;
  #latest: Date | null = null;

  /** Takes note of a line, before anything is made of it. */
  open({ location, isUtf8 }: SessionLine, documentName: string): void {
    if (this.location === '') {
      this.location = location;
      this.#documentName = documentName;
    }
    if (!isUtf8) this.log.report('INVALID_UTF8', location, 'Bytes that are not UTF-8 were replaced by U+FFFD.');
  }

  /** Keeps a line that is no message. */
  keep(raw: string): void {
    this.#otherLines.push(raw);
  }

  /** Takes the time of a message into the session's span. */
  span(time: Date | null): void {
    if (time === null) return;
    if (this.#earliest === null || time < this.#earliest) this.#earliest = time;
    if (this.#latest === null || time > this.#latest) this.#latest = time;
  }

  get createdAt(): Date | null {
    return this.#earliest;
  }

  get updatedAt(): Date | null {
    return this.#latest;
  }

  /** The lines that are no messages, as a JSON array. */
  get raw(): string {
    return `[${this.#otherLines.join(',\n')}]`;
  }

  /** The id of a session that names itself nowhere: from the file's name, else from its first message. */
  idWithout(firstMessageId: string | undefined): string | null {
    const fromName = UUID_AT_END.exec(this.#documentName)?.[0];
    return fromName ?? (firstMessageId === undefined ? null : `first:${firstMessageId}`);
  }
}
