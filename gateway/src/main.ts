import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createLog, EnvironmentError } from '@colloquy/service';
import { ConfigError, checkConfig } from './config/config.ts';
import { mergeSettings, readConfigFile } from './config/load.ts';
import { readGatewayEnvironment } from './environment.ts';
import { startGateway } from './gateway.ts';

const HELP = `Serves any federated supergraph over HTTP, WebSocket and SSE.

  node gateway/src/main.ts --supergraph FILE [--port N] [--config FILE]

  --supergraph FILE   the composed schema; it is watched, and a new one takes over without a restart
  --port N            the port to listen on (4000; 0 takes a free one)
  --host ADDRESS      the address to listen on (127.0.0.1)
  --config FILE       JSON; every setting is in gateway/README.md
  --help              this text

The command line goes over the environment (HOST, PORT, METRICS_PORT, LOG_LEVEL, NODE_ENV, JWT_SECRET, JWT_JWKS_URL,
JWT_ISSUER, JWT_AUDIENCE, IDENTITY_SECRET, REDIS_URL, CACHE_INVALIDATION_SECRET, APOLLO_KEY, APOLLO_GRAPH_REF,
OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT), which goes over the file. Without JWT
settings everyone is let in.
Exit codes: 0 stopped, 1 failed, 2 usage.
`;

class UsageError extends Error {}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        supergraph: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        config: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function run(): Promise<void> {
  const values = readArguments();
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const environment = readGatewayEnvironment();
  const file = values.config === undefined ? {} : await readConfigFile(values.config);
  const flags = {
    supergraph: values.supergraph === undefined ? undefined : resolve(values.supergraph),
    port: values.port === undefined ? undefined : Number(values.port),
    host: values.host,
  };
  const config = checkConfig(mergeSettings(file, environment.settings, flags));
  const log = createLog({ name: 'gateway', level: environment.logLevel });
  await startGateway(config, { log, production: environment.production });
}

run().catch((error: unknown) => {
  const expected = error instanceof UsageError || error instanceof ConfigError || error instanceof EnvironmentError;
  const text = error instanceof Error ? (expected ? error.message : error.stack) : String(error);
  process.stderr.write(`${text}\n${expected ? 'Try --help.\n' : ''}`);
  process.exit(expected ? 2 : 1);
});
