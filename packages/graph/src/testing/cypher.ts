import neo4j from 'neo4j-driver';
import type { GraphConfig } from '../connection/config.ts';

/** Cypher past every rule of this package: for tests that prepare what no writer would write. */
export async function rawCypher(
  config: GraphConfig,
  statement: string,
  parameters: Record<string, unknown> = {},
): Promise<Record<string, unknown>[]> {
  const driver = neo4j.driver(config.url, neo4j.auth.basic(config.user, config.password), {
    disableLosslessIntegers: true,
  });
  try {
    const { records } = await driver.executeQuery(statement, parameters);
    return records.map((record) => record.toObject());
  } finally {
    await driver.close();
  }
}
