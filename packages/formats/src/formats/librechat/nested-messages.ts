/** One message of a recursive export, cut out of the messages around it. */
export interface NestedMessage {
  /** The JSON of the message as it came, except that its `children` are empty. */
  raw: string;
  /** Index, in the result, of the message this one is nested in; -1 for the outermost. */
  parent: number;
  /** Elements of its `children` that are no objects, and so no messages. */
  strays: number;
}

interface MessageLevel {
  kind: 'message';
  index: number;
  parent: number;
  strays: number;
  pieces: string[];
  /** Where the next piece of its own text begins. */
  from: number;
}

interface ChildrenLevel {
  kind: 'children';
  owner: MessageLevel;
  start: number;
  objects: number;
  commas: number;
}

type Level = MessageLevel | ChildrenLevel | { kind: 'other' };

/**
 * Takes a message apart from the replies nested in its `children`: parents come before their replies, siblings in the
 * order of the text. One pass without recursion, however deep the replies go. `json` must be one valid JSON object.
 */
export function cutNestedMessages(json: string): NestedMessage[] {
  const cutter = new Cutter(json);
  cutter.run();
  return cutter.messages.map(({ pieces, parent, strays }) => ({ raw: pieces.join(''), parent, strays }));
}

class Cutter {
  readonly messages: MessageLevel[] = [];
  readonly #json: string;
  readonly #levels: Level[] = [];
  /** The source of the last string, and of the key that the next value belongs to. */
  #string = '';
  #key = '';

  constructor(json: string) {
    this.#json = json;
  }

  run(): void {
    for (let at = 0; at < this.#json.length; at++) {
      const character = this.#json.charAt(at);
      if (character === '"') at = this.#endOfString(at);
      else if (character === '{' || character === '[') this.#open(character, at);
      else if (character === '}' || character === ']') this.#close(at);
      else if (character === ':') this.#key = this.#string;
      else if (character === ',') this.#comma();
    }
  }

  #endOfString(start: number): number {
    let end = this.#json.indexOf('"', start + 1);
    while (isEscaped(this.#json, end)) end = this.#json.indexOf('"', end + 1);
    if (this.#levels.at(-1)?.kind === 'message') this.#string = this.#json.slice(start, end + 1);
    return end;
  }

  #open(bracket: string, at: number): void {
    const around = this.#levels.at(-1);
    if (bracket === '{' && (around === undefined || around.kind === 'children')) {
      this.#openMessage(around, at);
    } else if (bracket === '[' && around?.kind === 'message' && isChildren(this.#key)) {
      around.pieces.push(this.#json.slice(around.from, at + 1));
      this.#levels.push({ kind: 'children', owner: around, start: at + 1, objects: 0, commas: 0 });
    } else {
      this.#levels.push({ kind: 'other' });
    }
  }

  #openMessage(around: ChildrenLevel | undefined, at: number): void {
    if (around) around.objects++;
    const index = this.messages.length;
    const parent = around?.owner.index ?? -1;
    const message: MessageLevel = { kind: 'message', index, parent, strays: 0, pieces: [], from: at };
    this.messages.push(message);
    this.#levels.push(message);
  }

  #close(at: number): void {
    const level = this.#levels.pop();
    if (level?.kind === 'message') level.pieces.push(this.#json.slice(level.from, at + 1));
    if (level?.kind !== 'children') return;
    level.owner.from = at;
    level.owner.strays += straysIn(level, this.#json, at);
  }

  #comma(): void {
    const level = this.#levels.at(-1);
    if (level?.kind === 'children') level.commas++;
  }
}

function straysIn({ objects, commas, start }: ChildrenLevel, json: string, end: number): number {
  if (objects === 0 && commas === 0 && json.slice(start, end).trim() === '') return 0;
  return commas + 1 - objects;
}

/** Whether an odd number of backslashes stands before the character. */
function isEscaped(json: string, at: number): boolean {
  let start = at;
  while (json.charAt(start - 1) === '\\') start--;
  return (at - start) % 2 === 1;
}

function isChildren(key: string): boolean {
  return key === '"children"' || (key.includes('\\') && JSON.parse(key) === 'children');
}
