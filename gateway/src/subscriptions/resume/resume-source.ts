import { type DocumentNode, valueFromASTUntyped } from 'graphql';
import type { ResumeRule } from '../../config/subscriptions.ts';
import type { SubgraphAnswer } from '../../executor/fetch.ts';
import type { Position } from '../hub/log.ts';
import type { PreparedSubscription } from '../prepared.ts';
import { type ResumableSource, rewriteSource } from './rewrite.ts';

export interface SourceRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How one prepared subscription is subscribed to, at first and behind a cursor. */
export interface Resumption {
  /** Where the client's own operation begins. */
  readonly start: Position;
  requestFrom(position: Position): SourceRequest;
  /** The cursor of an event; undefined when it has none, such as one that consists of errors. */
  cursorOf(event: SubgraphAnswer): string | undefined;
}

/** Works out a resumption; what depends on the texts alone is worked out once. Throws ResumeRuleError. */
export function createResumption(prepared: PreparedSubscription, rule: ResumeRule): Resumption {
  const { source } = prepared;
  const rewritten = rewrittenOf(prepared, rule);
  const start = startOf(rewritten, source.variables);
  return {
    start,
    requestFrom(position) {
      if (position === start) return { query: rewritten.initial, variables: source.variables };
      const kept = Object.entries(source.variables).filter(([name]) => rewritten.resumedVariables.has(name));
      const variables = Object.fromEntries(kept);
      // Others of the group may begin where their variable says nothing.
      if (position === null) return { query: rewritten.initial, variables };
      return {
        query: rewritten.resumed,
        variables: { ...variables, __resume: rewritten.numeric ? Number(position) : position },
      };
    },
    cursorOf: (event) => readCursor(event.data, rewritten.cursorPath),
  };
}

/** By document, then by the text for the subgraph: what clients may see makes several of one document. */
const known = new WeakMap<DocumentNode, Map<string, ResumableSource>>();

function rewrittenOf({ document, source, generation }: PreparedSubscription, rule: ResumeRule): ResumableSource {
  const ofDocument = known.get(document) ?? new Map<string, ResumableSource>();
  known.set(document, ofDocument);
  let rewritten = ofDocument.get(source.query);
  if (!rewritten) {
    rewritten = rewriteSource(source.query, rule, generation.apiSchema);
    ofDocument.set(source.query, rewritten);
  }
  return rewritten;
}

function startOf({ given }: ResumableSource, variables: Readonly<Record<string, unknown>>): Position {
  const value = given && valueFromASTUntyped(given.value, variables);
  return value === undefined || value === null ? null : String(value);
}

function readCursor(data: unknown, path: readonly string[]): string | undefined {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
