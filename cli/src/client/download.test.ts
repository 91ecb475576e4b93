import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Connection } from './connection.ts';
import { downloadExport } from './download.ts';

const END = '{"type":"end","conversations":1,"messages":2}\n';
const unheard = () => undefined;
let folder = '';
let connection: Connection;
let answer: (response: ServerResponse, path: string, accept: string | undefined) => void = () => undefined;
const server = createServer((request, response) => answer(response, request.url ?? '', request.headers.accept));

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  connection = { url, token: async () => 'token', patienceMs: 0 };
});
afterAll(() => void server.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colloquy-export-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('an export', () => {
  test('takes the name of its file when it is whole', async () => {
    const path = join(folder, 'all.jsonl');
    await writeFile(path, 'what was there');
    await writeFile(`${path}.part`, 'what an earlier attempt left');
    answer = (response, asked, accept) => {
      expect([asked, accept]).toEqual(['/exports/arch_1', 'application/jsonl']);
      response.write('{"type":"header"}\n');
      response.end(END);
    };
    const seen: number[] = [];
    const counts = await downloadExport(connection, 'arch_1', path, (bytes) => seen.push(bytes));
    expect(counts).toEqual({ conversations: 1, messages: 2, attachments: 0, assets: 0 });
    expect(await readFile(path, 'utf8')).toBe(`{"type":"header"}\n${END}`);
    expect(seen.at(-1)).toBe(18 + END.length);
    expect(await readdir(folder)).toEqual(['all.jsonl']);
  });

  test('is a ZIP with the attached files in a file of that name', async () => {
    const comment = '{"type":"end","conversations":1,"messages":2,"attachments":3,"assets":2}';
    answer = (response, _, accept) => {
      expect(accept).toBe('application/zip');
      response.write(Buffer.from('504b0506{'));
      response.end(comment);
    };
    const counts = await downloadExport(connection, 'all', join(folder, 'all.ZIP'), unheard);
    expect(counts).toEqual({ conversations: 1, messages: 2, attachments: 3, assets: 2 });
    expect(await readdir(folder)).toEqual(['all.ZIP']);
  });

  test.each([
    ['ends early', (response: ServerResponse) => response.end('{"type":"header"}\n{"type":"conv')],
    [
      'is cut',
      (response: ServerResponse) => {
        response.write('{"type":"header"}\n', () => response.destroy());
      },
    ],
  ])('that %s leaves nothing, and what was there', async (_, behave) => {
    const path = join(folder, 'all.jsonl');
    await writeFile(path, 'what was there');
    answer = behave;
    await expect(downloadExport(connection, 'all', path, unheard)).rejects.toMatchObject({
      code: 'PLATFORM_UNREACHABLE',
    });
    expect([await readdir(folder), await readFile(path, 'utf8')]).toEqual([['all.jsonl'], 'what was there']);
  });

  test.each([
    [404, '{"code":"NOT_FOUND","message":"There is no such archive."}', 'NOT_FOUND'],
    [401, '', 'NOT_ALLOWED'],
    [502, 'a page', 'PLATFORM_UNREACHABLE'],
  ])('that is answered with %i fails with its code', async (status, body, code) => {
    answer = (response) => response.writeHead(status).end(body);
    await expect(downloadExport(connection, 'all', join(folder, 'a'), unheard)).rejects.toMatchObject({ code });
    expect(await readdir(folder)).toEqual([]);
  });

  test('that cannot be written says so', async () => {
    answer = (response) => response.end(END);
    const path = join(folder, 'missing', 'all.jsonl');
    await expect(downloadExport(connection, 'all', path, unheard)).rejects.toMatchObject({ code: 'FILE_NOT_WRITABLE' });
  });
});
