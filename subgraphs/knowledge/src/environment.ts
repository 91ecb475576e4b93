import { readEnvironment, serviceEnvironment } from '@colloquy/service';
import { z } from 'zod';

const schema = serviceEnvironment.extend({
  /** Such as `bolt://127.0.0.1:7687`. Neo4j need not answer yet. */
  NEO4J_URL: z.string().regex(/^(bolt|neo4j)(\+s|\+ssc)?:\/\//),
  NEO4J_USER: z.string().min(1).default('neo4j'),
  NEO4J_PASSWORD: z.string().min(1),
});

export type KnowledgeEnvironment = z.infer<typeof schema>;

/** Reads the process's environment once. Throws EnvironmentError naming every variable that is wrong. */
export function environment(): KnowledgeEnvironment {
  return readEnvironment(schema, process.env);
}
