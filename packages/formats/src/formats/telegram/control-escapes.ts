const BACKSLASH = 0x5c;
const LETTER_X = 0x78;
const UNICODE_ESCAPE = Buffer.from('u00');

/**
 * Telegram Desktop writes control characters inside strings as `\x0B`, which is no JSON. The stream is passed on with
 * each `\x` written as `\u00`, which says the same; no other byte changes. Backslashes occur in JSON strings alone.
 */
export async function* withValidEscapes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let escaping = false;
  for await (const chunk of chunks) {
    let from = 0;
    let at: number = escaping ? 0 : afterBackslash(chunk, 0);
    while (at !== -1 && at < chunk.length) {
      if (chunk[at] === LETTER_X) {
        if (at > from) yield chunk.subarray(from, at);
        yield UNICODE_ESCAPE;
        from = at + 1;
      }
      at = afterBackslash(chunk, at + 1);
    }
    escaping = at === chunk.length;
    if (from < chunk.length) yield chunk.subarray(from);
  }
}

/** The position of the escaped byte; the length of the chunk when it begins the next one; -1 without a backslash. */
function afterBackslash(chunk: Uint8Array, from: number): number {
  const at = chunk.indexOf(BACKSLASH, from);
  return at === -1 ? -1 : at + 1;
}
