import { type Lifecycle, respondJson } from '@colloquy/service';
import type { ReadReadiness } from '../operations/readiness.ts';
import type { Step } from './exchange.ts';

/** `/health/live`: the process answers. `/health/ready`: so do the subgraphs that it cannot do without. */
export function answerHealth(readiness: ReadReadiness, lifecycle: Lifecycle): Step {
  return async ({ url, response }) => {
    if (url.pathname === '/health/live') {
      respondJson(response, 200, { state: 'live' });
      return true;
    }
    if (url.pathname !== '/health/ready') return false;
    const { ready, parts } = await readiness();
    const { phase } = lifecycle.state;
    respondJson(response, ready && phase === 'serving' ? 200 : 503, { ready, phase, parts });
    return true;
  };
}
