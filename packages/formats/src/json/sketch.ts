/** What the beginning of a JSON text shows. */
export interface JsonSketch {
  /** The outermost value, without what lies beyond the beginning. Undefined when not even its first bracket is there. */
  root: unknown;
  /** Whether the outermost value ends within the beginning. */
  closed: boolean;
  /** Text after the outermost value, trimmed: more values when the text is JSON Lines. */
  rest: string;
}

const OPENERS = '{[';
const CLOSERS = '}]';
const MAX_DEPTH = 200;

/**
 * Parses the beginning of a JSON document as far as it goes: cuts after the last complete value, closes what is open and
 * parses that. Returns null when the beginning is no JSON.
 */
export function sketchJson(text: string): JsonSketch | null {
  const { open, cut, closed } = lastCompleteValue(text);
  if (cut === 0) return { root: undefined, closed: false, rest: '' };
  try {
    const root: unknown = JSON.parse(text.slice(0, cut) + open);
    return { root, closed, rest: closed ? text.slice(cut).trim() : '' };
  } catch {
    // A caller only asks whether this is JSON; the exact place of the fault is found when the document is read.
    return null;
  }
}

/** The last place at which the text can be cut and made valid by appending `open`, the closing brackets. */
function lastCompleteValue(text: string): { cut: number; open: string; closed: boolean } {
  let stack = '';
  let cut = 0;
  let open = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      at = endOfString(text, at);
    } else if (OPENERS.includes(character)) {
      if (stack.length === MAX_DEPTH) break;
      stack = CLOSERS.charAt(OPENERS.indexOf(character)) + stack;
      cut = at + 1;
      open = stack;
    } else if (character === ',' && stack !== '') {
      cut = at;
      open = stack;
    } else if (CLOSERS.includes(character)) {
      stack = stack.slice(1);
      cut = at + 1;
      open = stack;
      if (stack === '') return { cut, open, closed: true };
    }
  }
  return { cut, open, closed: false };
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === '"') return at;
  }
  return text.length;
}
