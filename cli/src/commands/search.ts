import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { SEARCH_MODES, type SearchMode, search } from '../operations/search.ts';
import { hitLines } from '../presentation/hit.ts';
import { collect, oneOf, pageSize } from './arguments.ts';

interface SearchOptions {
  mode: SearchMode;
  first: number;
  platform?: string[];
  type?: string[];
  json?: boolean;
}

/** `colloquy search TEXT` */
export function searchCommand(context: CommandContext): Command {
  return new Command('search')
    .description('search items and messages by words, by meaning, or by both')
    .argument('<text...>', 'what to look for')
    .option('--mode <mode>', 'keyword, vector or hybrid', oneOf(SEARCH_MODES), 'HYBRID')
    .option('--first <n>', 'how many hits, 1 to 100', pageSize, 10)
    .option(
      '--platform <name>',
      'only conversations of this platform (chatgpt, claude, gemini ...); repeatable',
      collect,
    )
    .option('--type <type>', 'only items of this type, such as technical_decision; repeatable', collect)
    .option('--json', 'one line of JSON per hit')
    .addHelpText('after', EXAMPLES)
    .action((words: string[], options: SearchOptions) => run(context, words.join(' '), options));
}

const EXAMPLES = `
Examples:
  $ colloquy search why did we choose the message queue
  $ colloquy search "offline sync" --mode keyword --platform claude
  $ colloquy search pricing --type technical_decision --json`;

async function run({ connection, output }: CommandContext, text: string, options: SearchOptions): Promise<void> {
  const hits = await search(connection, {
    text,
    mode: options.mode,
    first: options.first,
    platforms: options.platform,
    types: options.type?.map((type) => type.toUpperCase()),
  });
  if (options.json) {
    for (const hit of hits) output.json(hit);
    return;
  }
  if (hits.length === 0) output.line('Nothing found. `colloquy sessions` shows what has been imported.');
  for (const line of hits.flatMap((hit) => hitLines(hit, output.style))) output.line(line);
}
