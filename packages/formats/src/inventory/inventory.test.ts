import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type PageRow, pageRows, rowFor } from './page.ts';
import { formatPath } from './path.ts';
import { probe } from './probe.ts';
import { AISTUDIO, CHATGPT, CLAUDE, type Scaffold } from './scaffold.ts';
import { inventoryPaths } from './schema.ts';

const ROOT = new URL('../../../../', import.meta.url);
const SCHEMAS = new URL('../shared/fixtures/schemas/', ROOT);
/** Rarer paths need no row. */
const LEAST_SHARE = 0.05;
/** Two thousand small documents are read, on machines that do other things too. */
const TIMEOUT_MS = 120_000;

/** Format, its scaffold, the inventory, and how many of its paths at least one document in twenty has. */
const FORMATS: [string, Scaffold, string, number][] = [
  ['chatgpt', CHATGPT, 'polylogue-chatgpt.schema.json', 2108],
  ['claude', CLAUDE, 'polylogue-claude-ai.schema.json', 112],
  ['aistudio', AISTUDIO, 'polylogue-aistudio.schema.json', 99],
];

const rowsOf = (format: string) => pageRows(readFileSync(new URL(`docs/formats/${format}.md`, ROOT), 'utf8'));
const isContainer = ({ kept, fields }: PageRow) => kept === 'mapped' && fields.length === 0;

describe.each(FORMATS)('the page of %s', (format, scaffold, schema, count) => {
  const rows = rowsOf(format);

  test('speaks once of each path, says where or why, and breaks containers down', () => {
    expect(rows.map(({ text }) => text)).toEqual([...new Set(rows.map(({ text }) => text))]);
    expect(rows.filter(({ note }) => note === '')).toEqual([]);
    const mapped = rows.filter((row) => row.kept === 'mapped' && row.fields.length > 0).map(({ text }) => text);
    const empty = rows.filter(isContainer).filter(({ text, subtree }) => {
      return subtree || !mapped.some((other) => other.startsWith(`${text}.`) || other.startsWith(`${text}[`));
    });
    expect(empty).toEqual([]);
  });

  test(
    'is true: a value at each mapped path arrives where the page says, and stays in the raw JSON',
    async () => {
      const faults: string[] = [];
      for (const row of rows.filter((candidate) => !isContainer(candidate))) {
        const fault = await probe(scaffold, row.path, row.subtree ? 'object' : 'string', row);
        if (fault !== null) faults.push(fault);
      }
      expect(faults).toEqual([]);
    },
    TIMEOUT_MS,
  );

  const file = new URL(schema, SCHEMAS);
  const inventoryTest = existsSync(file) ? test : test.skip;

  inventoryTest(
    `holds for every path of ${schema} that 5 % of the documents have`,
    async () => {
      const paths = inventoryPaths(JSON.parse(readFileSync(file, 'utf8'))).filter(
        ({ frequency }) => frequency >= LEAST_SHARE,
      );
      expect(paths).toHaveLength(count);
      const faults: string[] = [];
      for (const { path, type } of paths) {
        const row = rowFor(path, rows);
        if (row === undefined) faults.push(`${formatPath(path)}: no row`);
        else if (!isContainer(row))
          faults.push(...[await probe(scaffold, path, type, row)].filter((fault) => fault !== null));
      }
      expect(faults).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
