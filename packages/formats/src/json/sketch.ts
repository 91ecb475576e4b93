/** What the beginning of a JSON text shows. */
export interface JsonSketch {
  /** The outermost value, without what lies beyond the beginning or a fault. Undefined when nothing of it can be told. */
  root: unknown;
  /** Whether the outermost value ends within the beginning. */
  closed: boolean;
  /** Whether the beginning is no valid JSON, or is nested too deep to look at as a whole. */
  faulty: boolean;
  /** Text after the outermost value, trimmed: more values when the text is JSON Lines. */
  rest: string;
}

/** A place at which a text can be cut; `open` closes the brackets that are open there. */
interface Cut {
  at: number;
  open: string;
}

const OPENERS = '{[';
const CLOSERS = '}]';
const MAX_DEPTH = 200;

/**
 * Parses the beginning of a JSON document as far as it goes: cuts after the last complete value, closes what is open and
 * parses that. Behind a fault nothing is seen.
 */
export function sketchJson(text: string): JsonSketch {
  const { cuts, closed, tooDeep } = cutsIn(text);
  const last = cuts.at(-1);
  if (!last) return { root: undefined, closed: false, faulty: false, rest: '' };
  const whole = parseUpTo(text, last);
  if (whole) {
    return { root: whole.value, closed, faulty: tooDeep, rest: closed ? text.slice(last.at).trim() : '' };
  }
  return { root: longestValid(text, cuts), closed: false, faulty: true, rest: '' };
}

/** Every cut before the fault can be parsed and none behind it, so halving finds the last one. */
function longestValid(text: string, cuts: readonly Cut[]): unknown {
  let [low, high] = [0, cuts.length];
  let best: { value: unknown } | null = null;
  while (low < high) {
    const middle = (low + high) >> 1;
    const cut = cuts[middle];
    const parsed = cut ? parseUpTo(text, cut) : null;
    if (parsed) {
      best = parsed;
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return best?.value;
}

function parseUpTo(text: string, { at, open }: Cut): { value: unknown } | null {
  try {
    return { value: JSON.parse(text.slice(0, at) + open) };
  } catch {
    // The caller only asks whether this much is valid; the exact place of a fault is found when the document is read.
    return null;
  }
}

/** The places at which the text can be cut so that appending `open` makes it valid, unless it is faulty before. */
function cutsIn(text: string): { cuts: Cut[]; closed: boolean; tooDeep: boolean } {
  const cuts: Cut[] = [];
  let stack = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      at = endOfString(text, at);
    } else if (OPENERS.includes(character)) {
      if (stack.length === MAX_DEPTH) return { cuts, closed: false, tooDeep: true };
      stack = CLOSERS.charAt(OPENERS.indexOf(character)) + stack;
      cuts.push({ at: at + 1, open: stack });
    } else if (character === ',' && stack !== '') {
      cuts.push({ at, open: stack });
    } else if (CLOSERS.includes(character)) {
      stack = stack.slice(1);
      cuts.push({ at: at + 1, open: stack });
      if (stack === '') return { cuts, closed: true, tooDeep: false };
    }
  }
  return { cuts, closed: false, tooDeep: false };
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === '"') return at;
  }
  return text.length;
}
