import { setImmediate as afterAnswer } from 'node:timers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginUsageReporting } from '@apollo/server/plugin/usageReporting';
import type { Log } from '@colloquy/service';
import type { GraphQLSchema } from 'graphql';
import type { StudioConfig } from '../config/studio.ts';
import type { OperationOutcome } from '../observability/operation-record.ts';
import type { ReportedOperation } from '../observability/telemetry.ts';
import type { ClientInfo } from './client-info.ts';
import { pluginLogger, type StudioAccount, serverContext } from './host.ts';
import { type RequestContext, requestContext } from './request-context.ts';

export interface UsageReports {
  schemaActive(apiSchema: GraphQLSchema): void;
  report(operation: ReportedOperation, outcome: OperationOutcome): void;
  close(): Promise<void>;
}

/**
 * Hosts Apollo's usage reporting plugin: walks it through the hooks that Apollo Server would call, after the answer is
 * written. It counts operations by signature, client and outcome and sends them off in batches, as statistics: there
 * are no variables, no headers, no error messages and no traces of fields in them.
 */
export function createUsageReports(account: StudioAccount, config: StudioConfig['usage'], log: Log): UsageReports {
  const logger = pluginLogger(log);
  const plugin: ApolloServerPlugin<ClientInfo> = ApolloServerPluginUsageReporting({
    sendErrors: { masked: true },
    sendHeaders: { none: true },
    sendVariableValues: { none: true },
    sendTraces: false,
    fieldLevelInstrumentation: 0,
    reportIntervalMs: config.intervalMilliseconds,
    logger,
    generateClientInfo: ({ contextValue }) => contextValue,
    ...(config.endpoint !== undefined && { endpointUrl: config.endpoint }),
  });
  let started: ReturnType<NonNullable<typeof plugin.serverWillStart>> | undefined;

  async function drive(context: RequestContext, invalid: boolean, milliseconds: number): Promise<void> {
    const listener = await plugin.requestDidStart?.(context);
    if (!listener) return;
    backdate(context.metrics.startHrTime, milliseconds);
    await listener.didResolveSource?.(context);
    const validated = await listener.validationDidStart?.(context);
    if (invalid) await validated?.(context.errors);
    else await listener.didResolveOperation?.(context);
    await listener.willSendResponse?.(context);
  }

  return {
    schemaActive(apiSchema) {
      started ??= plugin.serverWillStart?.(serverContext(account, apiSchema, logger));
      started?.catch((error: unknown) => log.error({ err: error }, 'usage cannot be reported to Apollo Studio'));
    },
    report(operation, outcome) {
      afterAnswer(() => {
        const made = requestContext(operation, outcome, logger);
        if (!made) return;
        drive(made.context, made.invalid, outcome.milliseconds).catch((error: unknown) =>
          log.warn({ err: error }, 'an operation could not be reported to Apollo Studio'),
        );
      });
    },
    async close() {
      // An operation is handed over in a turn after its answer, and counted in one after its last hook.
      for (let turn = 0; turn < 3; turn++) await nextTurn();
      const listener = await started?.catch(() => undefined);
      await listener?.serverWillStop?.();
    },
  };
}

/** The plugin takes the time from its first hook to its last one; the operation is over when it sees the first. */
function backdate(start: [number, number] | undefined, milliseconds: number): void {
  if (!start) return;
  const nanoseconds = start[0] * 1e9 + start[1] - milliseconds * 1e6;
  start[0] = Math.floor(nanoseconds / 1e9);
  start[1] = Math.floor(nanoseconds % 1e9);
}
