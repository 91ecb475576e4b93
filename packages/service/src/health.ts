/** One thing that a server depends on, and how it is. */
export interface PartHealth {
  name: string;
  state: 'healthy' | 'degraded' | 'failed';
  /** What is wrong, in words fit for an operator; never an address or a credential. */
  detail?: string;
}

export interface Readiness {
  ready: boolean;
  parts: PartHealth[];
}

const PATIENCE_MILLISECONDS = 2000;

/**
 * Asks the parts how they are, and waits no longer than 2 s. Ready means that no part named in `required` has failed:
 * a missing store otherwise costs one capability, not the service.
 */
export async function readReadiness(
  health: () => Promise<PartHealth[]>,
  required: readonly string[],
  patience = PATIENCE_MILLISECONDS,
): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PartHealth[]>((resolve) => {
    timer = setTimeout(() => resolve([unanswered(`no answer within ${patience} ms`)]), patience);
  });
  const parts = await Promise.race([
    health().catch((error: unknown) => [unanswered(error instanceof Error ? error.message : 'the check failed')]),
    late,
  ]);
  clearTimeout(timer);
  const failed = new Set(parts.filter((part) => part.state === 'failed').map((part) => part.name));
  return { ready: !failed.has(CHECK) && !required.some((name) => failed.has(name)), parts };
}

/** The part that stands for the check itself: when it fails, nothing is known of the others. */
const CHECK = 'health-check';

function unanswered(detail: string): PartHealth {
  return { name: CHECK, state: 'failed', detail };
}
