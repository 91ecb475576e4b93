import { Command } from 'commander';
import { LOCAL_DEVELOPER, ROLES, type Role, signToken, TOKEN_LIFETIME_SECONDS } from '../client/credentials.ts';
import { request } from '../client/graphql.ts';
import type { CommandContext } from '../context.ts';
import { CliError, NotAllowedError } from '../exit.ts';
import { viewerQuery } from '../operations/viewer.ts';
import { lifetime, oneOf, tenantName } from './arguments.ts';

interface TokenOptions {
  role: Role;
  tenant: string;
  subject: string;
  name?: string;
  expires: number;
}

/** `colloquy token` */
export function tokenCommand(context: CommandContext): Command {
  return new Command('token')
    .description('print a development token for this platform')
    .option('--role <role>', ROLES.join(', ').toLowerCase(), oneOf(ROLES), LOCAL_DEVELOPER.role)
    .option(
      '--tenant <name>',
      'whose data it opens; the tenant is created when absent',
      tenantName,
      LOCAL_DEVELOPER.tenant,
    )
    .option('--subject <id>', 'whom the token stands for', LOCAL_DEVELOPER.subject)
    .option('--name <name>', 'their name for display')
    .option('--expires <time>', 'lifetime such as 30m, 12h or 7d', lifetime, TOKEN_LIFETIME_SECONDS)
    .addHelpText('after', EXAMPLES)
    .action((options: TokenOptions) => run(context, options));
}

const EXAMPLES = `
The token is signed with JWT_SECRET, or with the secret that \`npm start\` keeps under COLLOQUY_HOME.

Examples:
  $ export COLLOQUY_TOKEN=$(colloquy token --tenant my-team --role read_only)
  $ curl localhost:4000/graphql -H "authorization: Bearer $(colloquy token)" \\
      -H 'content-type: application/json' -d '{"query": "{ viewer { tenant role } }"}'`;

async function run({ settings, connection, output }: CommandContext, options: TokenOptions): Promise<void> {
  const holder = {
    subject: options.subject,
    name: options.name ?? (options.subject === LOCAL_DEVELOPER.subject ? LOCAL_DEVELOPER.name : options.subject),
    tenant: options.tenant,
    role: options.role,
  };
  const token = await signToken(settings, holder, options.expires);
  output.line(token);
  try {
    // The first question of a new tenant's member creates the tenant.
    await request({ ...connection, token: async () => token }, viewerQuery);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    // Without the platform the tenant is created later, when the token is first used: only a refusal is worth a word.
    if (error instanceof NotAllowedError) {
      output.remark(`The platform at ${connection.url} does not accept this token: it uses another secret or issuer.`);
    }
  }
}
