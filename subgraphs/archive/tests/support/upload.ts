import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { type ClientRequest, type IncomingHttpHeaders, request } from 'node:http';
import type { Claims, TestArchive } from './archive.ts';

export const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The smallest export of ChatGPT that says something. */
export function chatgptExport(title: string): string {
  const message = {
    id: 'm1',
    author: { role: 'user' },
    create_time: 1_767_258_000,
    content: { content_type: 'text', parts: ['We will use PostgreSQL.'] },
  };
  const mapping = {
    root: { id: 'root', message: null, parent: null, children: ['m1'] },
    m1: { id: 'm1', message, parent: 'root', children: [] },
  };
  return JSON.stringify([
    {
      id: title,
      conversation_id: title,
      title,
      create_time: 1_767_258_000,
      update_time: 1_767_258_000,
      mapping,
      current_node: 'm1',
    },
  ]);
}

const CREATE = `mutation ($input: CreateArchiveUploadInput!) { createArchiveUpload(input: $input) {
  __typename ... on CreateArchiveUploadPayload { uploadUrl archive { id sha256 fileName byteSize } }
  ... on Error { code message } ... on InvalidInputError { field } ... on LimitExceededError { limit } } }`;

export async function announce(
  archive: TestArchive,
  who: Claims,
  input: { fileName?: string; byteSize: number; sha256?: string },
) {
  const { data, errors } = await archive.ask(who, CREATE, { input: { fileName: 'export.json', ...input } });
  return data?.createArchiveUpload ?? { errors };
}

export interface UploadAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: the body is whatever the server says
  body: any;
}

/** Begins a PUT; the caller writes the body. Without `length` it is sent chunked. */
export async function beginPut(
  archive: TestArchive,
  who: Claims,
  path: string,
  length?: number,
): Promise<{ outgoing: ClientRequest; answer: Promise<UploadAnswer> }> {
  const headers = { ...(await archive.headers(who)), ...(length !== undefined && { 'content-length': length }) };
  const outgoing = request(`${archive.url}${path}`, { method: 'PUT', headers });
  const answer = new Promise<UploadAnswer>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: JSON.parse(text) }),
      );
    });
  });
  return { outgoing, answer };
}

export async function put(
  archive: TestArchive,
  who: Claims,
  path: string,
  body: string | Uint8Array,
  options: { chunked?: boolean } = {},
): Promise<UploadAnswer> {
  const { outgoing, answer } = await beginPut(
    archive,
    who,
    path,
    options.chunked ? undefined : Buffer.byteLength(body),
  );
  outgoing.end(body);
  return answer;
}

/** Announces and sends; the archive's id. */
export async function upload(archive: TestArchive, who: Claims, bytes: string): Promise<string> {
  const announced = await announce(archive, who, { byteSize: Buffer.byteLength(bytes) });
  await put(archive, who, announced.uploadUrl, bytes);
  return announced.archive.id;
}

/** Names of all files of the object store, incomplete ones included. */
export async function storedFiles(archive: TestArchive): Promise<string[]> {
  const entries = await readdir(archive.objects, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
