import { attribute, type HtmlToken } from './tokens.ts';

/** Elements that stand in lines of their own, with the empty lines they keep around them. */
const BLOCKS: ReadonlyMap<string, number> = new Map([
  ...['p', 'pre', 'blockquote', 'table', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, 2] as const),
  ...['div', 'section', 'article', 'figure', 'ul', 'ol', 'li', 'tr', 'dl', 'dt', 'dd'].map(
    (name) => [name, 1] as const,
  ),
]);
const CELLS: ReadonlySet<string> = new Set(['td', 'th']);
/** Nesting beyond this is not indented further. */
const MAX_INDENT = 12;

interface List {
  ordered: boolean;
  items: number;
}

/** Writes text with as many line ends between two pieces as the elements between them ask for. */
export class TextWriter {
  readonly #html: string;
  readonly #pieces: string[] = [];
  /** Line ends owed before the next text. */
  #breaks = 0;
  /** A space owed before the next text. */
  #space = false;
  /** A mark of a list item or a heading that waits for its text. */
  #mark = '';
  readonly #lists: List[] = [];
  /** The link whose label is being written: links are never nested. */
  #link: { url: string; from: number } | null = null;
  #quotes = 0;
  #preformatted = 0;
  #inCell = false;
  #cellsInRow = 0;
  #rowsInTable = 0;

  constructor(html: string) {
    this.#html = html;
  }

  text(text: string): void {
    if (this.#preformatted > 0) {
      this.#write(text.replaceAll('\r\n', '\n').replaceAll('\n', this.#lineEnd()));
      return;
    }
    const words = text.replace(/[\s\u00a0]+/gu, ' ');
    if (words.startsWith(' ')) this.#space = true;
    const trimmed = words.trim();
    if (trimmed === '') return;
    this.#write(trimmed);
    this.#space = words.endsWith(' ');
  }

  open(token: HtmlToken & { kind: 'open' }): void {
    const { name } = token;
    if (name === 'br') this.#lineBreak();
    else if (name === 'a') this.#openLink(token);
    else if (name === 'img') this.#image(token);
    else if (name === 'code' && this.#preformatted === 0) this.#write('`');
    else if (CELLS.has(name)) this.#openCell();
    else if (BLOCKS.has(name)) this.#openBlock(name);
  }

  close(name: string): void {
    if (name === 'a') this.#closeLink();
    else if (name === 'code' && this.#preformatted === 0) this.#append('`');
    else if (CELLS.has(name)) this.#inCell = false;
    else if (BLOCKS.has(name)) this.#closeBlock(name);
  }

  /** What was written, without empty lines around it. */
  finish(): string {
    this.#closeLink();
    if (this.#preformatted > 0) this.#fence();
    return this.#pieces
      .join('')
      .replace(/[ \t]+(?=\n)/g, '')
      .replace(/^\n+|[\n ]+$/g, '');
  }

  #openBlock(name: string): void {
    if (this.#inCell) {
      this.#space = true;
      return;
    }
    this.#separate(name);
    if (name === 'ul' || name === 'ol') this.#lists.push({ ordered: name === 'ol', items: 0 });
    else if (name === 'li') this.#openItem();
    else if (name === 'blockquote') this.#quotes++;
    else if (name === 'hr') this.#write('---');
    else if (name === 'table') this.#rowsInTable = 0;
    else if (name === 'tr') this.#cellsInRow = 0;
    else if (name === 'pre') this.#openPre();
    else if (/^h\d$/.test(name)) this.#mark = `${'#'.repeat(Number(name[1]))} `;
    if (name === 'hr') this.#separate(name);
  }

  #closeBlock(name: string): void {
    if (this.#inCell && name !== 'tr' && name !== 'table') return;
    if (name === 'pre' && this.#preformatted > 0) this.#fence();
    if (name === 'tr') this.#closeRow();
    if (name === 'ul' || name === 'ol') this.#lists.pop();
    if (name === 'li' || /^h\d$/.test(name)) this.#mark = '';
    this.#separate(name === 'ul' || name === 'ol' ? (this.#lists.length === 0 ? 'p' : 'li') : name);
    if (name === 'blockquote') this.#quotes = Math.max(0, this.#quotes - 1);
  }

  /** Paragraphs within a list item stand below each other without empty lines, as Markdown writes a tight list. */
  #separate(name: string): void {
    const wanted = BLOCKS.get(name) ?? 1;
    this.#breaks = Math.max(this.#breaks, this.#lists.length > 0 ? 1 : wanted);
    this.#space = false;
  }

  #openItem(): void {
    const list = this.#lists.at(-1);
    if (list) list.items++;
    this.#mark = list?.ordered ? `${list.items}. ` : '- ';
  }

  #openPre(): void {
    this.#write('```');
    this.#preformatted++;
    this.#append(this.#lineEnd());
  }

  #fence(): void {
    this.#preformatted--;
    const last = this.#pieces.at(-1) ?? '';
    this.#append(`${last.endsWith('\n') ? '' : this.#lineEnd()}\`\`\``);
  }

  #openCell(): void {
    this.#inCell = true;
    this.#write(this.#cellsInRow === 0 ? '|' : ' |');
    this.#cellsInRow++;
    this.#space = true;
  }

  #closeRow(): void {
    this.#inCell = false;
    if (this.#cellsInRow === 0) return;
    this.#append(' |');
    this.#rowsInTable++;
    if (this.#rowsInTable > 1) return;
    this.#append(`${this.#lineEnd()}|${' --- |'.repeat(this.#cellsInRow)}`);
  }

  #openLink(token: HtmlToken): void {
    this.#closeLink();
    const url = attribute(this.#html, token, 'href') ?? '';
    if (/^(https?|mailto):/i.test(url)) this.#link = { url, from: this.#pieces.length };
  }

  #closeLink(): void {
    const link = this.#link;
    this.#link = null;
    if (link === null) return;
    const label = this.#pieces.slice(link.from).join('').trim();
    if (label === link.url || label === link.url.replace(/^mailto:/i, '')) return;
    if (label === '') this.#write(link.url);
    else this.#append(` (${link.url})`);
  }

  #image(token: HtmlToken): void {
    const label = attribute(this.#html, token, 'alt') || attribute(this.#html, token, 'src') || '';
    // An image that is written into the page itself has no name worth reading.
    this.#write(`[image${label === '' || label.startsWith('data:') ? '' : `: ${label.slice(0, 500)}`}]`);
  }

  #lineBreak(): void {
    if (this.#preformatted > 0) this.#append(this.#lineEnd());
    else if (this.#inCell) this.#space = true;
    else this.#breaks = Math.min(2, this.#breaks + 1);
  }

  #write(text: string): void {
    const isFirst = this.#pieces.length === 0;
    if (this.#breaks > 0 && !isFirst) {
      this.#pieces.push(
        this.#lineEnd().repeat(this.#breaks),
        this.#mark === '' ? this.#continuation() : this.#indent(),
      );
    } else if (this.#space && !isFirst) {
      this.#pieces.push(' ');
    } else if (isFirst) {
      this.#pieces.push('> '.repeat(this.#quotes));
    }
    this.#pieces.push(this.#mark, text);
    this.#mark = '';
    this.#breaks = 0;
    this.#space = false;
  }

  /** As `write`, but right behind what was written last. */
  #append(text: string): void {
    this.#pieces.push(text);
    this.#space = false;
  }

  #lineEnd(): string {
    return `\n${'> '.repeat(Math.min(this.#quotes, MAX_INDENT))}`;
  }

  #indent(): string {
    return '  '.repeat(Math.min(Math.max(0, this.#lists.length - 1), MAX_INDENT));
  }

  #continuation(): string {
    return '  '.repeat(Math.min(this.#lists.length, MAX_INDENT));
  }
}
