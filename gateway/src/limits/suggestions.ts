const SUGGESTION = ' Did you mean ';

/** The message without the names that graphql-js proposes, which may be of fields that a client is not to know. */
export function withoutSuggestion(message: string): string {
  // The proposal comes last, so what a client wrote itself, before it, stays.
  const start = message.lastIndexOf(SUGGESTION);
  return start >= 0 && message.endsWith('?') ? message.slice(0, start) : message;
}
