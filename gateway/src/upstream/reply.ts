import type { SubgraphAnswer } from '../executor/fetch.ts';
import { UnusableAnswerError } from './errors.ts';
import { isGatewayStatus } from './failures.ts';
import type { HttpAnswer } from './http/exchange.ts';

/**
 * Reads GraphQL out of an answer, whatever its status: a 400 with errors is an answer. A 401 is one only where the
 * client's own credentials were sent along; otherwise the gateway was refused, which the client can do nothing about.
 * Throws UnusableAnswerError.
 */
export function readReply({ status, text, ascii }: HttpAnswer, sendsCredentials: boolean): SubgraphAnswer {
  if (isGatewayStatus(status) || (status === 401 && !sendsCredentials)) throw new UnusableAnswerError(status, text);
  const answer = parseAnswer(text, ascii);
  if (!answer) throw new UnusableAnswerError(status, text);
  return answer;
}

/** Undefined when the text, which is `ascii` or not, is no answer. */
export function parseAnswer(text: string, ascii: boolean): SubgraphAnswer | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (!isAnswer(answer)) return undefined;
    const { data, errors } = answer;
    const plain = !text.includes('\\');
    // An escape may stand for a character beyond ASCII.
    return { ...(data !== undefined && { data }), ...(errors && { errors }), plain, ascii: plain && ascii };
  } catch {
    // What is no JSON is no answer; the caller says so with the text.
    return undefined;
  }
}

function isAnswer(value: unknown): value is SubgraphAnswer {
  if (typeof value !== 'object' || value === null) return false;
  const { data, errors } = value as Record<string, unknown>;
  return (typeof data === 'object' && data !== null) || Array.isArray(errors);
}
