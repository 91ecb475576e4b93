import type { HttpMessage } from '../http-message.ts';

/** Answers that differ only in their bytes, such as in their spaces: no gateway has more than a few of them. */
const MOST_FORMS = 16;

/** An answer that is not the expected one. */
export class WrongAnswerError extends Error {
  override readonly name = 'WrongAnswerError';
}

/**
 * Checks every answer. One that was right before is compared byte by byte; any other one is parsed and must then be,
 * written again, the expected text (so the order of the fields counts too).
 *
 * @param expected the JSON text of the answer, without superfluous spaces
 */
export function createAnswerCheck(expected: string): (answer: HttpMessage) => void {
  const right: Buffer[] = [];
  return ({ head, body }) => {
    if (right.some((known) => known.equals(body))) return;
    if (!head.startsWith('HTTP/1.1 200')) throw new WrongAnswerError(`${head.split('\r\n')[0]}: ${excerpt(body)}`);
    if (JSON.stringify(parse(body)) !== expected)
      throw new WrongAnswerError(`Expected ${excerpt(expected)}, received ${excerpt(body)}`);
    if (right.length < MOST_FORMS) right.push(Buffer.from(body));
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new WrongAnswerError(`The answer is no JSON: ${excerpt(body)}`);
  }
}

function excerpt(text: Buffer | string): string {
  const all = text.toString();
  return all.length > 300 ? `${all.slice(0, 300)}... (${all.length} characters)` : all;
}
