/** What the beginning of a JSON text shows. */
export interface JsonSketch {
  /** The outermost value, without what lies beyond the beginning or a fault. Undefined when nothing of it can be told. */
  root: unknown;
  /** Whether the outermost value ends within the beginning. */
  closed: boolean;
  /** Whether the beginning is no valid JSON, or is nested too deep to look at as a whole. */
  faulty: boolean;
  /** Whether the beginning is nested too deep to look at as a whole. */
  tooDeep: boolean;
  /** Whether the beginning holds more values than are looked at, so that its end was not seen. */
  stopped: boolean;
  /** Text after the outermost value, trimmed: more values when the text is JSON Lines. */
  rest: string;
}

const OPENERS = '{[';
const CLOSERS = '}]';
/** Levels of nesting that are looked at. */
export const MAX_SKETCHED_DEPTH = 200;
/** Places at which a text may be cut that are kept: millions of empty values would take hundreds of megabytes. */
const MAX_CUTS = 250_000;

/**
 * Parses the beginning of a JSON document as far as it goes: cuts after the last complete value, closes what is open and
 * parses that. Behind a fault nothing is seen.
 */
export function sketchJson(text: string): JsonSketch {
  const { cuts, end, open, stopped } = cutsIn(text);
  const last = cuts.at(-1);
  if (last === undefined)
    return { root: undefined, closed: false, faulty: false, tooDeep: false, stopped: false, rest: '' };
  const whole = parseUpTo(text, last, open);
  if (whole) {
    const closed = end === 'closed';
    const rest = closed ? text.slice(last).trim() : '';
    const tooDeep = end === 'too-deep';
    return { root: whole.value, closed, faulty: tooDeep, tooDeep, stopped, rest };
  }
  return { root: longestValid(text, cuts), closed: false, faulty: true, tooDeep: false, stopped, rest: '' };
}

/** Every cut before the fault can be parsed and none behind it, so halving finds the last one. */
function longestValid(text: string, cuts: readonly number[]): unknown {
  let [low, high] = [0, cuts.length];
  let best: { value: unknown } | null = null;
  while (low < high) {
    const middle = (low + high) >> 1;
    const cut = cuts[middle] ?? 0;
    const parsed = parseUpTo(text, cut, cutsIn(text.slice(0, cut)).open);
    if (parsed) {
      best = parsed;
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return best?.value;
}

function parseUpTo(text: string, at: number, open: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text.slice(0, at) + open) };
  } catch {
    // The caller only asks whether this much is valid; the exact place of a fault is found when the document is read.
    return null;
  }
}

interface Cuts {
  /** Places at which the text can be cut. */
  cuts: number[];
  /** What closes the brackets that are open at the last of them. */
  open: string;
  end: 'open' | 'closed' | 'too-deep';
  stopped: boolean;
}

/** The places at which the text can be cut so that closing its brackets makes it valid, unless it is faulty before. */
function cutsIn(text: string): Cuts {
  const cuts: number[] = [];
  let stack = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      at = endOfString(text, at);
    } else if (OPENERS.includes(character)) {
      if (stack.length === MAX_SKETCHED_DEPTH) return { cuts, open: stack, end: 'too-deep', stopped: false };
      stack = CLOSERS.charAt(OPENERS.indexOf(character)) + stack;
      cuts.push(at + 1);
    } else if (character === ',' && stack !== '') {
      cuts.push(at);
    } else if (CLOSERS.includes(character)) {
      stack = stack.slice(1);
      cuts.push(at + 1);
      if (stack === '') return { cuts, open: stack, end: 'closed', stopped: false };
    }
    if (cuts.length === MAX_CUTS) return { cuts, open: stack, end: 'open', stopped: true };
  }
  return { cuts, open: stack, end: 'open', stopped: false };
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === '"') return at;
  }
  return text.length;
}
