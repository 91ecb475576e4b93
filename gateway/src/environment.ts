import { readEnvironment } from '@colloquy/service';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

const variables = z.object({
  HOST: z.string().optional(),
  PORT: port.optional(),
  METRICS_PORT: port.optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  JWT_SECRET: z.string().min(32).optional(),
  JWT_JWKS_URL: z.url().optional(),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  IDENTITY_SECRET: z.string().min(32).optional(),
  REDIS_URL: z.string().optional(),
  CACHE_INVALIDATION_SECRET: z.string().min(32).optional(),
  APOLLO_KEY: z.string().min(1).optional(),
  APOLLO_GRAPH_REF: z.string().min(1).optional(),
  /** Where the collector takes all signals; traces go to `v1/traces` below it. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** Where it takes traces. */
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url().optional(),
});

export interface GatewayEnvironment {
  logLevel: string;
  production: boolean;
  /** What the environment says of the configuration; goes over the file, and under the command line. */
  settings: Record<string, unknown>;
}

/** Reads the environment once. Throws EnvironmentError naming every variable that is wrong. */
export function readGatewayEnvironment(source: NodeJS.ProcessEnv = process.env): GatewayEnvironment {
  const found = readEnvironment(variables, source);
  const jwt = {
    secret: found.JWT_SECRET,
    jwksUrl: found.JWT_JWKS_URL,
    issuer: found.JWT_ISSUER,
    audience: found.JWT_AUDIENCE,
  };
  const invalidation = found.CACHE_INVALIDATION_SECRET;
  const collector = found.OTEL_EXPORTER_OTLP_ENDPOINT;
  const endpoint =
    found.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (collector && `${collector.replace(/\/$/, '')}/v1/traces`);
  const studio = { key: found.APOLLO_KEY, graphRef: found.APOLLO_GRAPH_REF };
  return {
    logLevel: found.LOG_LEVEL,
    production: found.NODE_ENV === 'production',
    settings: {
      host: found.HOST,
      port: found.PORT,
      metricsPort: found.METRICS_PORT,
      jwt: Object.values(jwt).some((value) => value !== undefined) ? jwt : undefined,
      identity: found.IDENTITY_SECRET === undefined ? undefined : { secret: found.IDENTITY_SECRET },
      redis: found.REDIS_URL === undefined ? undefined : { url: found.REDIS_URL },
      cache: invalidation === undefined ? undefined : { invalidation: { secret: invalidation } },
      telemetry: endpoint === undefined ? undefined : { tracing: { endpoint } },
      studio: Object.values(studio).some((value) => value !== undefined) ? studio : undefined,
    },
  };
}
