import { HttpError } from '@colloquy/service';
import type { Hosts } from '../access/hosts.ts';
import type { Step } from './exchange.ts';

/** Refuses a request that was meant for another host: a page may have made its own name point here. */
export function checkHost(hosts: Hosts): Step {
  return ({ request }) => {
    if (!hosts.allows(request)) throw new HttpError(421, 'MISDIRECTED', 'This host name is not served here.');
    return false;
  };
}
