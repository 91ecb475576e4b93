import { type GraphConfig, HEARTBEAT_LIMIT_MS } from './config.ts';
import { DriverHolder } from './driver.ts';

/** No answer within the limit. */
class HeartbeatTimeoutError extends Error {
  override readonly name = 'HeartbeatTimeoutError';
}

/**
 * Tells a slow query from a store that hangs: asks for nothing, over a connection of its own, so that neither a long
 * query nor an exhausted pool looks like an absent store.
 */
export class Heartbeat {
  readonly #drivers: DriverHolder;
  readonly #database: string;
  #running: Promise<void> | null = null;

  constructor(config: GraphConfig) {
    this.#drivers = new DriverHolder(config, 2);
    this.#database = config.database ?? 'neo4j';
  }

  /** Resolves when Neo4j answers; rejects when it does not within HEARTBEAT_LIMIT_MS. Concurrent calls share one question. */
  check(): Promise<void> {
    this.#running ??= this.#ask().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #ask(): Promise<void> {
    const driver = this.#drivers.current;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new HeartbeatTimeoutError(`no answer within ${HEARTBEAT_LIMIT_MS} ms`)),
      HEARTBEAT_LIMIT_MS,
    );
    const session = driver.session({ database: this.#database });
    try {
      // The driver's own connectivity check will not do: it takes a connection that has just logged on for an answer.
      await Promise.race([session.run('RETURN 1'), late]);
      await session.close();
    } catch (cause) {
      this.#drivers.replace(driver);
      throw cause;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): Promise<void> {
    return this.#drivers.close();
  }
}
