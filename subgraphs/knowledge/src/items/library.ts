import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Graph } from '@colloquy/graph';
import { Neo4jGraphQL } from '@neo4j/graphql';
import { type DocumentNode, execute, GraphQLError, type GraphQLSchema } from 'graphql';

/** An item as the library answers it: `id`, `projected`, and the selected fields by their alias. */
export interface ItemRow {
  id: string;
  projected: boolean;
  [alias: string]: unknown;
}

const model = readFileSync(new URL('./model.graphql', import.meta.url), 'utf8');

/** Builds @neo4j/graphql's schema over the graph; needs no database. */
export function buildLibrarySchema(): Promise<GraphQLSchema> {
  // Each execution brings verified claims (`jwt`) and never a token, so this key has nothing to verify.
  const features = { authorization: { key: randomUUID() } };
  return new Neo4jGraphQL({ typeDefs: model, features }).getSchema();
}

/** What was thrown below the library, so that whoever runs the transaction can tell what to do about it. */
function thrown(error: GraphQLError): Error {
  const { originalError } = error;
  if (!originalError) return error;
  return originalError instanceof GraphQLError ? thrown(originalError) : originalError;
}

/** Executes one generated read for the items of a tenant: one Cypher query. Throws what the graph throws. */
export async function readItems(
  graph: Graph,
  library: GraphQLSchema,
  request: { tenantId: string; ids: readonly string[]; document: DocumentNode },
): Promise<ItemRow[]> {
  const { tenantId, ids, document } = request;
  return await graph.read(tenantId, async (transaction) => {
    const { data, errors } = await execute({
      schema: library,
      document,
      variableValues: { ids },
      contextValue: { executionContext: transaction, jwt: { tenantId } },
    });
    if (errors?.[0]) throw thrown(errors[0]);
    return (data as { items: ItemRow[] } | null | undefined)?.items ?? [];
  });
}
