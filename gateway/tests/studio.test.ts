import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mergeSettings } from '../src/config/load.ts';
import { readGatewayEnvironment } from '../src/environment.ts';
import { until } from './support/gateway.ts';
import { documented, startLibrary as startCachedLibrary } from './support/library.ts';
import { type Studio, startStudio } from './support/studio.ts';
import { type Library, startLibrary } from './support/telemetry.ts';

let studio: Studio;
let library: Library | undefined;
beforeEach(async () => {
  studio = await startStudio();
});
afterEach(async () => {
  await library?.close();
  library = undefined;
  await studio.close();
});

const account = (more: object = {}) => ({
  studio: {
    key: 'service:shop:key',
    graphRef: 'shop@test',
    usage: { endpoint: studio.url, intervalMilliseconds: 50 },
    schema: { endpoint: `${studio.url}/api/graphql`, startDelayMilliseconds: 0 },
    ...more,
  },
});

/** The statistics of one signature, added up over all reports. */
function statistics(signature: string) {
  return studio.usage.flatMap(({ report }) => {
    const found = report.tracesPerQuery[signature]?.statsWithContext;
    return (Array.isArray(found) ? found : []).map(({ context, queryLatencyStats: stats }) => ({
      client: context?.clientName,
      version: context?.clientVersion,
      cacheHits: Number(stats?.cacheHits ?? 0),
      requests: Number(stats?.requestCount ?? 0),
      errors: Number(stats?.requestsWithErrorsCount ?? 0),
      errorsOfBooks: Number(stats?.rootErrorStats?.children?.books?.errorsCount ?? 0),
      durations: (stats?.latencyCount ?? []) as number[],
    }));
  });
}
const total = (signature: string) => statistics(signature).reduce((sum, { requests }) => sum + requests, 0);

test('operations are counted by signature, client and outcome', async () => {
  library = await startLibrary(account());
  const headers = { 'apollographql-client-name': 'web', 'apollographql-client-version': '1.2' };
  for (let round = 0; round < 3; round++) await library.ask('query Shelf { books { title  id } }', { headers });
  const signature = '# Shelf\nquery Shelf{books{id title}}';
  await until(() => total(signature) === 3);
  expect(statistics(signature)[0]).toMatchObject({ client: 'web', version: '1.2', errors: 0 });

  const [first] = studio.usage;
  expect(first?.headers['x-api-key']).toBe('service:shop:key');
  expect(first?.report.header).toMatchObject({ graphRef: 'shop@test' });
  const counted = first?.report.tracesPerQuery[signature];
  const fields = counted?.referencedFieldsByType;
  expect(fields?.Book?.fieldNames).toEqual(expect.arrayContaining(['id', 'title']));
  // Neither traces nor anything that a client wrote.
  expect(counted?.trace).toEqual([]);
});

test('answers from the response cache are counted as such', async () => {
  const running = await startCachedLibrary({ ...(await documented('response-cache')), ...account() });
  for (let round = 0; round < 2; round++) await running.ask({ query: '{ books { title } }' });
  const signature = '# -\n{books{title}}';
  await until(() => total(signature) === 2);
  expect(statistics(signature).reduce((sum, { cacheHits }) => sum + cacheHits, 0)).toBe(1);
  await running.close();
});

test('is configured as the documentation shows', async () => {
  const settings = mergeSettings(await documented('studio'), account());
  library = await startLibrary(settings);
  await library.ask('{ books { id } }');
  await until(() => total('# -\n{books{id}}') === 1);
});

test('the environment names key and graph', () => {
  const environment = { APOLLO_KEY: 'service:shop:key', APOLLO_GRAPH_REF: 'shop@test' };
  expect(readGatewayEnvironment(environment).settings).toMatchObject({
    studio: { key: 'service:shop:key', graphRef: 'shop@test' },
  });
});

test('errors are counted where they are, and literals are left out', async () => {
  library = await startLibrary(account());
  library.ratings = 'away';
  await library.ask('{ books { stars } lend(book: "a private matter") { id } }');
  const signature = '# -\n{books{stars}lend(book:""){id}}';
  await until(() => total(signature) === 1);
  expect(statistics(signature)[0]).toMatchObject({ errors: 1, errorsOfBooks: 1 });
  expect(JSON.stringify(studio.usage.map(({ report }) => report.toJSON()))).not.toContain('private');
});

test('the time is that of the operation, not of its report', async () => {
  library = await startLibrary(account());
  library.ratings = 'slow';
  await library.ask('{ books { stars } }');
  const signature = '# -\n{books{stars}}';
  await until(() => total(signature) === 1);
  // Buckets are powers of 1.1 of a microsecond, and negative numbers stand for runs of empty ones.
  const [first = 0] = statistics(signature)[0]?.durations ?? [];
  expect(1.1 ** -first / 1000).toBeGreaterThan(100);
});

test.each([
  ['cannot be parsed', '{ books {', '## GraphQLParseFailure\n'],
  ['is not valid', '{ nonsense }', '## GraphQLValidationFailure\n'],
  [
    'has no operation of that name',
    'query One { books { id } } query Two { books { id } }',
    '## GraphQLUnknownOperationName\n',
  ],
])('a text that %s is counted as such', async (_what, query, signature) => {
  library = await startLibrary(account());
  await library.ask(query);
  await until(() => total(signature) === 1);
});

test('what is left is reported before the gateway ends', async () => {
  library = await startLibrary(account({ usage: { endpoint: studio.url, intervalMilliseconds: 3_600_000 } }));
  await library.ask('{ books { id } }');
  expect(studio.usage).toEqual([]);
  await library.close();
  library = undefined;
  expect(total('# -\n{books{id}}')).toBe(1);
});

test('the schema that clients see is registered, and each that takes over', async () => {
  library = await startLibrary(account());
  await until(() => studio.schemas.length === 2);
  const [announced, sent] = studio.schemas;
  expect(announced).toMatchObject({ coreSchema: null, report: { graphRef: 'shop@test' } });
  expect(sent?.coreSchema).toContain('type Book');
  expect(sent?.coreSchema).not.toMatch(/join__|_entities|@link/);
  expect(sent?.report.coreSchemaHash).toBe(
    createHash('sha256')
      .update(sent?.coreSchema ?? '')
      .digest('hex'),
  );

  const supergraph = await readFile(library.supergraphFile, 'utf8');
  await writeFile(library.supergraphFile, supergraph.replace('type Book', '"A book."\ntype Book'));
  await until(() => studio.schemas.some(({ coreSchema }) => coreSchema?.includes('A book.') ?? false));
});

test('usage is of the schema that was registered', async () => {
  library = await startLibrary(account());
  await library.ask('{ books { id } }');
  await until(() => studio.usage.length > 0 && studio.schemas.length > 0);
  expect(studio.usage[0]?.report.header?.executableSchemaId).toBe(studio.schemas[0]?.report.coreSchemaHash);
});

test('a refused schema and reports that do not arrive are logged and harm nobody', async () => {
  studio.refusesSchemas = true;
  studio.status = 500;
  library = await startLibrary(account());
  expect(await (await library.ask('{ books { id } }')).json()).toHaveProperty('data.books');
  const logged = (text: string) =>
    library?.lines.some(({ level, msg }) => level === 'error' && msg.includes(text)) ?? false;
  await until(() => logged('This graph has subgraphs.') && logged('Error sending report'));
  expect(JSON.stringify(library.lines)).not.toContain('service:shop:key');
});

test('without a key nothing is sent', async () => {
  const { key: _key, ...rest } = account().studio;
  library = await startLibrary({ studio: rest });
  await library.ask('{ books { id } }');
  await library.close();
  library = undefined;
  expect([studio.usage, studio.schemas]).toEqual([[], []]);
});

test('a key without a graph is told', async () => {
  const { graphRef: _graphRef, ...rest } = account().studio;
  library = await startLibrary({ studio: rest });
  expect(library.lines).toContainEqual(
    expect.objectContaining({ level: 'warn', msg: expect.stringContaining('APOLLO_GRAPH_REF') }),
  );
});
