import type { Connection } from '../client/connection.ts';
import { search } from '../operations/search.ts';
import type { Output } from '../output.ts';
import type { Screen } from '../platform/screen.ts';
import { hitLines } from '../presentation/hit.ts';
import { readChain } from './chain.ts';
import { chainLines, portraitLines } from './lines.ts';
import { choose, readOverview } from './overview.ts';
import { readPortrait } from './portrait.ts';

const QUESTION = 'why does recording have to work without a connection';

/** Three real answers: one operation over all three subgraphs, a search, and a chain of dependencies. */
export async function showAnswers(connection: Connection, screen: Screen, style: Output['style']): Promise<void> {
  const heading = (text: string) => {
    screen.line('');
    screen.line(style(['bold', 'cyan'], text));
  };
  const { portrayed, deepest } = choose(await readOverview(connection));

  heading('1. A decision with its evidence (archive), its place in the graph (knowledge) and what is alike (search)');
  if (portrayed === null) screen.line('The samples brought no items.');
  else for (const line of portraitLines(await readPortrait(connection, portrayed), style)) screen.line(line);

  heading(`2. Search: "${QUESTION}"`);
  for (const hit of await search(connection, { text: QUESTION, mode: 'HYBRID', first: 3 })) {
    for (const line of hitLines(hit, style)) screen.line(line);
  }

  heading('3. What has to be there first: a chain of dependencies');
  const chain = deepest === null ? null : await readChain(connection, deepest);
  if (chain === null) screen.line('Nothing depends on anything else.');
  else for (const line of chainLines(chain, style)) screen.line(line);
}
