import { stripIgnoredCharacters } from 'graphql';
import { z } from 'zod';
import { plainId } from './document-id.ts';

/** The operations that may be run. */
export interface TrustedOperations {
  readonly size: number;
  /** The text of an id, without the prefix of its hash. */
  text(id: string): string | undefined;
  /** Whether this text is among them, give or take white space, commas and comments. */
  has(text: string): boolean;
}

/** As `generate-persisted-query-manifest` of Apollo writes it. */
const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/** Texts by id, as the client presets of GraphQL Code Generator and Relay write them. */
const map = z.record(z.string().min(1), z.string().min(1));

/** A manifest that cannot be used; the message says why, and shows no text of it. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  readonly code = 'MANIFEST';
}

/** Reads either form of a manifest. Throws ManifestError when it is none, or when a text in it is not GraphQL. */
export function parseManifest(json: string): TrustedOperations {
  const texts = readTexts(json);
  const exact = new Set(texts.values());
  const normalised = new Set([...exact].map(normalise));
  const longest = Math.max(0, ...[...exact].map(({ length }) => length));
  return {
    size: texts.size,
    text: (id) => texts.get(id),
    has(text) {
      if (exact.has(text)) return true;
      // Nobody writes an operation with ten times its white space; a flood of it is not worth the reading.
      if (text.length > 10 * longest) return false;
      try {
        return normalised.has(stripIgnoredCharacters(text));
      } catch {
        // Not GraphQL, and so not in a manifest that is.
        return false;
      }
    },
  };
}

function readTexts(json: string): Map<string, string> {
  const value = parseJson(json);
  const entries = entriesOf(value);
  const texts = new Map<string, string>();
  for (const [givenId, text] of entries) {
    const id = plainId(givenId);
    if ((texts.get(id) ?? text) !== text) throw new ManifestError(`The id ${id} stands for two texts.`);
    texts.set(id, text);
  }
  return texts;
}

function entriesOf(value: unknown): [string, string][] {
  const apollo = apolloManifest.safeParse(value);
  if (apollo.success) return apollo.data.operations.map(({ id, body }) => [id, body]);
  const plain = map.safeParse(value);
  if (plain.success && !('format' in plain.data)) return Object.entries(plain.data);
  throw new ManifestError('Expected an apollo-persisted-query-manifest of version 1, or an object of texts by id.');
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new ManifestError('The manifest is not JSON.', { cause: error });
  }
}

function normalise(text: string): string {
  try {
    return stripIgnoredCharacters(text);
  } catch (error) {
    throw new ManifestError('A text in the manifest is not GraphQL.', { cause: error });
  }
}
