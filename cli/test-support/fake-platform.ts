import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphql } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { fakeSchema } from './fake-schema.ts';

/** One event of the fake platform's log. */
export interface FakeEvent {
  sequence: number;
  status: string;
  [field: string]: unknown;
}

/** What the fake platform answers with; a test changes it as it goes. */
export interface FakeAnswers {
  session: Record<string, unknown> | null;
  events: FakeEvent[];
  createArchiveUpload: (input: { fileName: string; byteSize: number; sha256: string }) => Record<string, unknown>;
  importArchive: (archiveId: string) => Record<string, unknown>;
  put: (bytes: Buffer) => { status: number; body?: unknown } | Promise<{ status: number; body?: unknown }>;
  /** Told when somebody begins to follow a session. */
  onSubscription: () => void;
  /** Told of each event that is sent. */
  onEvent: (event: FakeEvent) => void;
  /** Whether a token is accepted. */
  allows: (authorization: string) => boolean;
  /** How many events a socket carries before it is cut; infinite unless a test says otherwise. */
  eventsUntilCut: () => number;
}

/**
 * The platform's side of the wire for tests of the client alone: real sockets, real GraphQL and graphql-ws over the
 * contract's types, and faults on demand. The platform itself is tested end to end elsewhere.
 */
export class FakePlatform {
  readonly answers: FakeAnswers;
  #server: Server | null = null;
  #sockets: WebSocketServer | null = null;
  #port = 0;

  constructor(answers: Partial<FakeAnswers> = {}) {
    this.answers = {
      session: null,
      events: [],
      createArchiveUpload: () => {
        throw new Error('not expected');
      },
      importArchive: () => {
        throw new Error('not expected');
      },
      put: () => ({ status: 201 }),
      onSubscription: () => undefined,
      onEvent: () => undefined,
      allows: () => true,
      eventsUntilCut: () => Number.POSITIVE_INFINITY,
      ...answers,
    };
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens, after a stop on the same port as before. */
  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#answer(request, response));
    const sockets = new WebSocketServer({ server, path: '/graphql' });
    useServer(
      {
        schema: fakeSchema,
        roots: { subscription: this.#root() },
        onConnect: ({ connectionParams }) => this.answers.allows(String(connectionParams?.authorization)),
      },
      sockets,
    );
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#sockets = sockets;
  }

  /** Ends at once, as a killed process does. */
  async stop(): Promise<void> {
    this.cutSockets();
    this.#server?.closeAllConnections();
    const closed = this.#server?.listening ? once(this.#server, 'close') : null;
    this.#server?.close();
    await closed;
    this.#server = null;
  }

  cutSockets(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.terminate();
  }

  #root() {
    const { answers } = this;
    const cut = () => this.cutSockets();
    return {
      viewer: () => ({ id: 'user_1' }),
      extractionSession: () => answers.session,
      extractionSessions: () => ({ edges: answers.session ? [{ node: answers.session }] : [], totalCount: null }),
      createArchiveUpload: ({ input }: { input: Parameters<FakeAnswers['createArchiveUpload']>[0] }) =>
        answers.createArchiveUpload(input),
      importArchive: ({ input }: { input: { archiveId: string } }) => answers.importArchive(input.archiveId),
      async *extractionProgress({ after }: { after: string | null }) {
        answers.onSubscription();
        let left = answers.eventsUntilCut();
        const from = after === null ? 0 : Number(after.slice(1));
        for (const event of answers.events.filter(({ sequence }) => sequence > from)) {
          if (left-- <= 0) {
            cut();
            return;
          }
          yield { extractionProgress: event };
          answers.onEvent(event);
        }
      },
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (!this.answers.allows(String(request.headers.authorization))) return send(response, 401, {});
    if (request.method === 'PUT') {
      const { status, body: said } = await this.answers.put(body);
      return send(response, status, said ?? {});
    }
    const { query, variables } = JSON.parse(body.toString('utf8'));
    const result = await graphql({
      schema: fakeSchema,
      source: query,
      variableValues: variables,
      rootValue: this.#root(),
    });
    send(response, 200, result);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Events 1..count of a session, the last of them with the status. */
export function fakeEvents(count: number, lastStatus = 'COMPLETED'): FakeEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    cursor: `c${index + 1}`,
    sequence: index + 1,
    at: new Date(1_780_000_000_000 + index * 100).toISOString(),
    status: index + 1 === count ? lastStatus : 'PROCESSING',
    stage: index + 1 === count ? 'DONE' : 'EMBED',
    stageDone: index,
    stageTotal: count,
    fraction: (index + 1) / count,
    etaSeconds: null,
    waitingFor: null,
    conversationCount: 2,
    messageCount: 20,
    itemCount: index,
    issueCount: 0,
    newItems: [],
  }));
}

/** A session in the given status. */
export function fakeSession(status: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    __typename: 'ExtractionSession',
    id: 'sess_1',
    archive: { id: 'arch_1', fileName: 'export.zip', byteSize: 5_000_000, sha256: null },
    status,
    stage: status === 'COMPLETED' ? 'DONE' : 'PARSE',
    fraction: status === 'COMPLETED' ? 1 : 0,
    waitingFor: null,
    conversationCount: 2,
    messageCount: 20,
    itemCount: 5,
    issueCount: 0,
    newConversationCount: 1,
    newMessageCount: 12,
    changedConversationCount: 1,
    unchangedConversationCount: 0,
    changedMessageCount: 3,
    unchangedMessageCount: 5,
    absentMessageCount: 1,
    attachmentCount: 4,
    issueCounts: [],
    seconds: 2.5,
    messagesPerSecond: 400,
    bytesPerSecond: 1_000_000.4,
    retries: 0,
    platform: null,
    startedAt: null,
    completedAt: null,
    stages: [],
    issues: { edges: [], totalCount: 0 },
    createdAt: '2026-05-01T10:00:00Z',
    errorCode: null,
    errorMessage: null,
    ...fields,
  };
}
