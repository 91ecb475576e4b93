import type { Lifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';

/** Load balancers and keep-alive clients get this long to notice that the server is leaving. */
const ANNOUNCE_MILLISECONDS = 1000;
/** Past this the process ends whatever is left. */
const LIMIT_MILLISECONDS = 9500;

/**
 * SIGTERM and SIGINT drain the server and end the process within 10 s: exit code 0 after a clean drain, 1 after a
 * forced one. A second signal ends it at once. Returns what removes the handlers.
 */
export function drainOnSignals(lifecycle: Lifecycle, log: Log): () => void {
  let signalled = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (signalled) process.exit(1);
    signalled = true;
    log.info({ signal }, 'draining');
    setTimeout(() => {
      log.error('the drain took too long');
      process.exit(1);
    }, LIMIT_MILLISECONDS).unref();
    void lifecycle.drain({ announceMilliseconds: ANNOUNCE_MILLISECONDS }).then(() => {
      const clean = lifecycle.state.phase === 'stopped' && lifecycle.state.failures.length === 0;
      log.info({ clean }, 'stopped');
      process.exit(clean ? 0 : 1);
    });
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  return () => process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
}
