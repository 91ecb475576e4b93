import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';

const PATIENCE_MILLISECONDS = 30_000;

/**
 * The request's body as JSON, or undefined when its content type is another one. Throws HttpError: 413 as soon as the
 * body is known to be larger than `limitBytes`, 400 when it is no JSON, 408 when it takes longer than 30 s.
 */
export async function readJson(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  if (!/^application\/(graphql\+)?json\b/i.test(request.headers['content-type'] ?? '')) return undefined;
  const text = await readText(request, limitBytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'BAD_REQUEST', 'The body is not JSON.');
  }
}

function readText(request: IncomingMessage, limitBytes: number): Promise<string> {
  const tooLarge = () => new HttpError(413, 'PAYLOAD_TOO_LARGE', `The body is larger than ${limitBytes} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(
      () => settle(() => reject(new HttpError(408, 'TIMEOUT', 'The body took too long.'))),
      PATIENCE_MILLISECONDS,
    );
    const settle = (outcome: () => void) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut);
      outcome();
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) settle(() => reject(tooLarge()));
      else chunks.push(chunk);
    };
    const onEnd = () => settle(() => resolve(Buffer.concat(chunks).toString('utf8')));
    const onCut = () => settle(() => reject(new HttpError(400, 'BAD_REQUEST', 'The body broke off.')));
    request.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut);
  });
}
