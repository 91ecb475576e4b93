import { type Path, parsePath } from './path.ts';

/** What a format's page says about a path of the vendor's JSON. */
export interface PageRow {
  /** As the page writes it. */
  text: string;
  path: Path;
  /** Whether the row also speaks for everything below the path (`.**`). */
  subtree: boolean;
  kept: 'mapped' | 'raw';
  /** Where the value arrives, such as `message.metadata.citations`; empty for a container of mapped members. */
  fields: Path[];
  /** The last cell: where, or why only in the raw JSON. */
  note: string;
}

/** The rows of every table of a page whose first two columns are `path` and `kept`. Throws on a row it cannot read. */
export function pageRows(markdown: string): PageRow[] {
  const rows: PageRow[] = [];
  let isTable = false;
  for (const line of markdown.split('\n')) {
    const cells = cellsOf(line);
    if (cells.length < 3) isTable = false;
    else if (cells[0] === 'path' && cells[1] === 'kept') isTable = true;
    else if (isTable && !/^-+$/.test(cells[0] ?? '')) rows.push(readRow(cells));
  }
  return rows;
}

/** The row that speaks for a path: its own, else the closest one above that covers what is below it. */
export function rowFor(path: Path, rows: readonly PageRow[]): PageRow | undefined {
  return rows.filter((row) => covers(row, path)).toSorted((a, b) => b.path.length - a.path.length)[0];
}

function covers(row: PageRow, path: Path): boolean {
  if (!row.subtree && row.path.length !== path.length) return false;
  return row.path.every((token, index) => token === path[index]);
}

function cellsOf(line: string): string[] {
  if (!line.startsWith('|')) return [];
  return line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim());
}

function readRow([first = '', kept = '', note = '']: readonly string[]): PageRow {
  const [, text] = /^`([^`]+)`$/.exec(first) ?? [];
  if (text === undefined || (kept !== 'mapped' && kept !== 'raw'))
    throw new Error(`No row of paths: ${first} | ${kept}`);
  const subtree = text.endsWith('.**');
  const spans = [...note.matchAll(/`((?:message|conversation)\.[^`]+)`/g)].map(([, field = '']) => parsePath(field));
  return {
    text,
    path: parsePath(subtree ? text.slice(0, -'.**'.length) : text),
    subtree,
    kept,
    fields: kept === 'mapped' ? spans : [],
    note,
  };
}
