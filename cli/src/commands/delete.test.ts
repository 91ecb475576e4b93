import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { recordingOutput } from '../../test-support/recording-output.ts';
import { createContext } from '../context.ts';
import { readSettings } from '../environment.ts';
import { EXIT } from '../exit.ts';
import { run } from '../main.ts';

const api = buildSchema(readFileSync(join(import.meta.dirname, '../../../schema/api.graphql'), 'utf8'));

const counts = {
  conversations: 1,
  messages: 20,
  revisions: 0,
  attachments: 0,
  items: 3,
  relations: 2,
  chunks: 25,
  embeddings: 24,
  objects: 0,
  objectBytes: 0,
  graphNodes: 4,
  graphEdges: 5,
  vectors: 25,
};
const deletion = (status: string) => ({
  id: 'del_1',
  kind: 'CONVERSATION',
  subjectName: 'chatgpt abc',
  status,
  waitingFor: null,
  errorMessage: status === 'FAILED' ? 'A disk broke.' : null,
  archives: [{ id: 'arch_1', fileName: 'export.zip' }],
  counts,
});

let home = '';
let server: Server;
/** Answers in their order; each request's document must be valid in the public graph. */
let answers: object[] = [];
let asked: { variables: unknown }[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'colloquy-home-'));
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { query, variables } = JSON.parse(body);
    asked.push({ variables });
    const errors = validate(api, parse(query));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(errors.length > 0 ? { errors } : { data: answers.shift() }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await rm(home, { recursive: true });
});
beforeEach(() => {
  answers = [];
  asked = [];
});

async function colloquy(line: string) {
  const recorded = recordingOutput();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const source = { COLLOQUY_HOME: home, COLLOQUY_URL: url, COLLOQUY_TOKEN: 'token' };
  const exitCode = await run(
    line.split(' '),
    () => createContext(readSettings(source), recorded.output),
    recorded.output,
  );
  return { exitCode, stdout: recorded.stdout(), stderr: recorded.stderr() };
}

test.each([
  ['archive', 'Archive', 'archiveId'],
  ['conversation', 'Conversation', 'conversationId'],
  ['message', 'Message', 'messageId'],
])('deletes a %s, waits, and says what went and what still holds it', async (kind, name, field) => {
  answers = [
    { result: { __typename: `Delete${name}Payload`, deletion: deletion('PROCESSING') } },
    { deletion: deletion('COMPLETED') },
  ];
  const { exitCode, stdout } = await colloquy(`delete ${kind} x_1 --yes`);
  expect(exitCode).toBe(EXIT.done);
  expect(asked.map(({ variables }) => variables)).toEqual([{ input: { [field]: 'x_1' } }, { id: 'del_1' }]);
  expect(stdout).toContain('1 conversation, 20 messages, 3 items, 2 relations');
  expect(stdout).toContain('4 nodes, 5 edges');
  expect(stdout).toContain('Still in the stored file of export.zip (arch_1)');
});

test('--json prints one line of JSON and nothing else', async () => {
  answers = [{ result: { __typename: 'DeleteMessagePayload', deletion: deletion('COMPLETED') } }];
  const { stdout } = await colloquy('delete message msg_1 --yes --json');
  expect(JSON.parse(stdout)).toEqual(deletion('COMPLETED'));
});

test('one that failed is a failure, and says why', async () => {
  answers = [{ result: { __typename: 'DeleteMessagePayload', deletion: deletion('FAILED') } }];
  const { exitCode, stderr } = await colloquy('delete message msg_1 --yes');
  expect(exitCode).toBe(EXIT.failed);
  expect(stderr).toContain('A disk broke.');
});

test('what is not there is not asked about', async () => {
  answers = [{ node: null }];
  const { exitCode, stderr } = await colloquy('delete conversation conv_1');
  expect(exitCode).toBe(EXIT.failed);
  expect(stderr).toContain('There is no conversation conv_1.');
});

test('retry takes a session up again, or says why not', async () => {
  answers = [
    {
      retryExtraction: { __typename: 'InvalidInputError', code: 'NOT_RETRYABLE', message: 'The session is COMPLETED.' },
    },
  ];
  const { exitCode, stderr } = await colloquy('retry sess_1');
  expect(exitCode).toBe(EXIT.failed);
  expect(stderr).toContain('The session is COMPLETED.');
});
