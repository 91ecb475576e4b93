import type { ServerResponse } from 'node:http';
import { type Lifecycle, respondJson } from '@colloquy/service';
import type { ReadReadiness } from '../operations/readiness.ts';
import type { Step } from './exchange.ts';

/** `/health/live`: the process answers. `/health/ready`: so do the subgraphs that it cannot do without. */
export function answerHealth(readiness: ReadReadiness, lifecycle: Lifecycle): Step {
  async function answerReadiness(response: ServerResponse): Promise<boolean> {
    const { ready, parts } = await readiness();
    const { phase } = lifecycle.state;
    respondJson(response, ready && phase === 'serving' ? 200 : 503, { ready, phase, parts });
    return true;
  }

  return ({ pathname, response }) => {
    if (pathname === '/health/ready') return answerReadiness(response);
    if (pathname !== '/health/live') return false;
    respondJson(response, 200, { state: 'live' });
    return true;
  };
}
