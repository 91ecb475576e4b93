import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import { request } from '../client/graphql.ts';
import { SESSION_FIELDS, session, sessionNotFound } from './session.ts';

const stage = z.object({
  stage: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  seconds: z.number().nullable(),
  waitingFor: z.string().nullable(),
  failures: z.number(),
});
/** How a session went through one of its stages. */
export type SessionStage = z.infer<typeof stage>;

const issue = z.object({ code: z.string(), message: z.string(), location: z.string() });

const detail = session.extend({
  startedAt: z.string().nullable(),
  completedAt: z.string().nullable(),
  retries: z.number(),
  platform: z.object({ name: z.string(), displayName: z.string() }).nullable(),
  archive: z.object({ id: z.string(), fileName: z.string(), byteSize: z.number(), sha256: z.string().nullable() }),
  stages: z.array(stage),
  issues: z.object({ edges: z.array(z.object({ node: issue })) }).nullable(),
});

/** One session in full; `issues` are its first ones. */
export type SessionDetail = Omit<z.infer<typeof detail>, 'issues'> & { issues: z.infer<typeof issue>[] };

const operation = {
  document: `query SessionDetail($id: ID!, $issues: Int!) {
    extractionSession(id: $id) {
      ${SESSION_FIELDS}
      startedAt completedAt retries platform { name displayName } archive { id fileName byteSize sha256 }
      stages { stage done total startedAt finishedAt seconds waitingFor failures }
      issues(first: $issues) { edges { node { code message location } } }
    }
  }`,
  data: z.object({ extractionSession: detail.nullable() }),
};

/** A session in full, with its first `issues` (1..100) issues. Throws a RefusedError with code NOT_FOUND. */
export async function readSessionDetail(connection: Connection, id: string, issues: number): Promise<SessionDetail> {
  const { extractionSession } = await request(connection, operation, { id, issues });
  if (!extractionSession) throw sessionNotFound(id);
  return { ...extractionSession, issues: extractionSession.issues?.edges.map(({ node }) => node) ?? [] };
}
