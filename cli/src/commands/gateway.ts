import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { GATEWAY_PROGRAM } from '../repository.ts';
import { port } from './arguments.ts';

interface GatewayOptions {
  supergraph: string;
  port: number;
  config?: string;
}

/** `colloquy gateway`: the gateway knows no domain, so it is another process and no import. */
export function gatewayCommand(context: CommandContext): Command {
  return new Command('gateway')
    .description('run the gateway alone, over any supergraph; the file is watched')
    .requiredOption('--supergraph <file>', 'the composed supergraph (SDL)')
    .option('--port <n>', 'where to listen', port, 4000)
    .option('--config <file>', 'JSON with the addresses of subgraphs, routes, limits and headers')
    .addHelpText('after', EXAMPLES)
    .action((options: GatewayOptions) => run(context, options));
}

const EXAMPLES = `
Without JWT_SECRET or JWT_JWKS_URL the gateway is open to everyone who reaches it.

Examples:
  $ colloquy gateway --supergraph schema/supergraph.graphql --port 4000
  $ JWT_JWKS_URL=https://id.example.org/jwks.json colloquy gateway --supergraph supergraph.graphql --port 8080`;

async function run(context: CommandContext, options: GatewayOptions): Promise<void> {
  const args = ['--supergraph', resolve(options.supergraph), '--port', String(options.port)];
  if (options.config) args.push('--config', resolve(options.config));
  const child = spawn(process.execPath, [...GATEWAY_PROGRAM, ...args], {
    stdio: 'inherit',
    env: { ...context.settings.inherited },
  });
  // Ctrl-C reaches the child through the terminal; a SIGTERM has to be handed on. Both wait for its orderly end.
  const ignore = () => undefined;
  const forward = () => child.kill('SIGTERM');
  process.on('SIGINT', ignore);
  process.on('SIGTERM', forward);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGINT', ignore);
  process.off('SIGTERM', forward);
  context.exitCode = code === 0 ? EXIT.done : EXIT.failed;
}
