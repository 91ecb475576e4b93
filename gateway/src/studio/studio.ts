import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Log } from '@colloquy/service';
import type { GraphQLSchema } from 'graphql';
import type { StudioConfig } from '../config/studio.ts';
import type { OperationOutcome } from '../observability/operation-record.ts';
import type { ReportedOperation } from '../observability/telemetry.ts';
import type { StudioAccount } from './host.ts';
import type { SchemaReports } from './schema-reports.ts';
import type { UsageReports } from './usage-reports.ts';

/** Tells Apollo Studio of the schema and of its use. Nothing here delays an answer or fails one. */
export interface Studio {
  /** A schema took over; it is the one that clients see. */
  schemaActive(apiSchema: GraphQLSchema): void;
  /** An operation ended. */
  report(operation: ReportedOperation, outcome: OperationOutcome): void;
  /** Sends what is left; gives up after a second. */
  close(): Promise<void>;
}

const CLOSE_MILLISECONDS = 1000;

/** Undefined, with none of the plugins loaded, when there is no account to report for. */
export async function createStudio(config: StudioConfig, log: Log): Promise<Studio | undefined> {
  const { key, graphRef } = config;
  if (key === undefined || graphRef === undefined) {
    if (key !== undefined) log.warn('APOLLO_KEY is set without APOLLO_GRAPH_REF: nothing is reported to Apollo Studio');
    return undefined;
  }
  const account: StudioAccount = { key, keyHash: createHash('sha512').update(key).digest('hex'), graphRef };
  const usage: UsageReports | undefined = config.usage.enabled
    ? (await import('./usage-reports.ts')).createUsageReports(account, config.usage, log)
    : undefined;
  const schema: SchemaReports | undefined = config.schema.enabled
    ? (await import('./schema-reports.ts')).createSchemaReports(account, config.schema, log)
    : undefined;
  return {
    schemaActive(apiSchema) {
      usage?.schemaActive(apiSchema);
      schema?.schemaActive(apiSchema);
    },
    report(operation, outcome) {
      usage?.report(operation, outcome);
    },
    async close() {
      const limit = setTimeout(CLOSE_MILLISECONDS, undefined, { ref: false });
      await Promise.race([Promise.all([usage?.close(), schema?.close()]), limit]);
    },
  };
}
