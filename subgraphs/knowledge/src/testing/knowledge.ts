import { randomBytes, randomUUID } from 'node:crypto';
import { tenantUuid } from '@colloquy/domain';
import { createIdentitySigner, createLog, IDENTITY_HEADER } from '@colloquy/service';
import type { RunningService } from '@colloquy/service/subgraph';
import { startKnowledge } from '../service.ts';

export interface Answer {
  // The shape is the operation's: tests state what they expect of it.
  data: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; store?: string } }[];
}

/** The subgraph, served over HTTP as the gateway would find it. */
export interface TestKnowledge extends RunningService {
  /** Asks as a member of the tenant, with the gateway's credential. */
  ask(tenant: string, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** POST /graphql with these headers only; the response's status. */
  status(headers: Record<string, string>): Promise<number>;
  sign(claims: Record<string, unknown>): Promise<string>;
  /** Cypher statements sent since the last call. */
  takeQueries(): string[];
}

/** A tenant's name and id; every test has its own. */
export function newTenant(): { name: string; id: string } {
  const name = `t${randomUUID()}`;
  return { name, id: tenantUuid(name) };
}

export async function startTestKnowledge(neo4j: {
  url: string;
  user: string;
  password: string;
}): Promise<TestKnowledge> {
  const secret = randomBytes(32).toString('hex');
  const signer = createIdentitySigner(secret);
  let queries: string[] = [];
  const service = await startKnowledge(
    {
      HOST: '127.0.0.1',
      PORT: 0,
      METRICS_PORT: 0,
      LOG_LEVEL: 'silent',
      NODE_ENV: 'test',
      IDENTITY_SECRET: secret,
      NEO4J_URL: neo4j.url,
      NEO4J_USER: neo4j.user,
      NEO4J_PASSWORD: neo4j.password,
    },
    createLog({ name: 'knowledge', level: 'silent' }),
    { onQuery: (statement) => queries.push(statement), warm: false },
  );
  const post = (headers: Record<string, string>, body: unknown) =>
    fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const sign = (claims: Record<string, unknown>) => signer.sign({ subject: 'someone', claims });
  return {
    ...service,
    sign,
    async ask(tenant, query, variables = {}) {
      const response = await post({ [IDENTITY_HEADER]: await sign({ tenant }) }, { query, variables });
      return (await response.json()) as Answer;
    },
    status: async (headers) => (await post(headers, { query: '{ hubs { connections } }' })).status,
    takeQueries() {
      const taken = queries;
      queries = [];
      return taken;
    },
  };
}

export const references = (ids: readonly string[]) => ({
  representations: ids.map((id) => ({ __typename: 'IntelligenceItem', id })),
});

/** An `_entities` operation, as a gateway sends it. */
export const entities = (selection: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on IntelligenceItem ${selection} } }`;
