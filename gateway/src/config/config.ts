import { IDENTITY_HEADER } from '@colloquy/service';
import { z } from 'zod';
import { accessConfig } from './access.ts';
import { cacheConfig } from './cache.ts';
import { costConfig } from './cost.ts';
import { headerRules } from './headers.ts';
import { operationLimits, schemaExposure } from './limits.ts';
import { persistedConfig } from './persisted.ts';
import { redisConfig } from './storage.ts';
import { studioConfig } from './studio.ts';
import { subscriptionsConfig } from './subscriptions.ts';
import { telemetryConfig } from './telemetry.ts';
import { subgraphTraffic, traffic } from './traffic.ts';

const port = z.number().int().min(0).max(65_535);
const milliseconds = z.number().int().min(1);

/** How client tokens are verified: with a shared secret, or with the keys that an issuer publishes. */
const jwt = z
  .strictObject({
    secret: z.string().min(32).optional(),
    jwksUrl: z.url({ protocol: /^https?$/ }).optional(),
    issuer: z.string().min(1).optional(),
    audience: z.string().min(1).optional(),
    /** The token header's `typ`; not looked at when absent. */
    typ: z.string().min(1).optional(),
    algorithms: z.array(z.enum(['HS256', 'HS384', 'HS512', 'RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])).optional(),
  })
  .refine((value) => (value.secret === undefined) !== (value.jwksUrl === undefined), {
    message: 'expected either secret or jwksUrl',
  })
  .refine((value) => value.jwksUrl === undefined || !value.algorithms?.some((name) => name.startsWith('HS')), {
    message: 'a published key must not verify a symmetric signature',
    path: ['algorithms'],
  });
export type JwtConfig = z.infer<typeof jwt>;

const subgraph = z.strictObject({
  /** The GraphQL address; replaces the one in the supergraph. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** What it has otherwise than the others. */
  traffic: subgraphTraffic.optional(),
});

const route = z.strictObject({
  prefix: z.string().regex(/^\/[\w-]+\/$/, 'expected a folder such as /uploads/'),
  methods: z.array(z.enum(['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE'])).min(1),
  subgraph: z.string().min(1),
});
export type RouteConfig = z.infer<typeof route>;

/** The gateway's configuration; `gateway/README.md` explains every setting. */
export const gatewayConfig = z.strictObject({
  /** Path of the supergraph schema. */
  supergraph: z.string().min(1),
  host: z.string().min(1).default('127.0.0.1'),
  /** 0 takes a free port. */
  port: port.default(4000),
  metricsPort: port.default(0),
  subgraphs: z.record(z.string(), subgraph).default({}),
  traffic: traffic.prefault({}),
  headers: headerRules.prefault({}),
  /** Without it every client is let in, as nobody in particular. */
  jwt: jwt.optional(),
  /** Without it subgraphs get no identity. */
  identity: z
    .strictObject({
      secret: z.string().min(32),
      header: z
        .string()
        .toLowerCase()
        .regex(/^x-[a-z0-9-]+$/)
        .default(IDENTITY_HEADER),
    })
    .optional(),
  routes: z.array(route).default([]),
  explorer: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** In development, on loopback, the page carries a token with these claims, signed with `jwt.secret`. */
      developmentClaims: z.record(z.string(), z.unknown()).optional(),
    })
    .prefault({}),
  /** Host names that clients use beside the loopback ones; `*` allows any. */
  allowedHosts: z.array(z.string().toLowerCase().min(1)).default([]),
  cors: z
    .strictObject({
      /** Pages of these origins may talk to the gateway, such as `https://app.example`. */
      origins: z.array(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)).default([]),
    })
    .prefault({}),
  readiness: z
    .strictObject({
      /** Subgraphs without which the gateway is not ready. */
      required: z.array(z.string()).default([]),
    })
    .prefault({}),
  /** Whether requests that any page could forge are refused. */
  csrfPrevention: z.boolean().default(true),
  limits: operationLimits
    .extend({
      /** Of one request's body. */
      bodyBytes: z
        .number()
        .int()
        .min(1)
        .default(1024 * 1024),
      /** Of one answer, or one event, of a subgraph. */
      answerBytes: z
        .number()
        .int()
        .min(1)
        .default(10 * 1024 * 1024),
      connectionInitMilliseconds: milliseconds.default(5000),
    })
    .prefault({}),
  schema: schemaExposure.prefault({}),
  access: accessConfig.prefault({}),
  /** Without it costs are not estimated. */
  cost: costConfig.optional(),
  persisted: persistedConfig.prefault({}),
  cache: cacheConfig.prefault({}),
  /** For whatever keeps what it has in Redis. */
  redis: redisConfig.optional(),
  subscriptions: subscriptionsConfig.prefault({}),
  telemetry: telemetryConfig.prefault({}),
  studio: studioConfig.prefault({}),
});
export type GatewayConfig = z.infer<typeof gatewayConfig>;
/** As it is written: what has a default may be left out. */
export type GatewaySettings = z.input<typeof gatewayConfig>;

/** Settings that are absent or wrong; the message names each of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG';
}

/** Checks settings and fills in defaults. Throws ConfigError naming every setting that is wrong; values are not shown. */
export function checkConfig(settings: unknown): GatewayConfig {
  const result = gatewayConfig.safeParse(settings);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `  ${path.join('.') || 'configuration'}: ${message}`);
  throw new ConfigError(`The configuration is not usable:\n${lines.join('\n')}`);
}
