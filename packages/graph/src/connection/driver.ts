import neo4j, { type Driver } from 'neo4j-driver';
import { type GraphConfig, HEARTBEAT_LIMIT_MS } from './config.ts';

/** A driver opens no connection before its first use, so this never fails because the store is away. */
export function createDriver(config: GraphConfig, maxConnections: number): Driver {
  return neo4j.driver(config.url, neo4j.auth.basic(config.user, config.password), {
    maxConnectionPoolSize: maxConnections,
    connectionTimeout: HEARTBEAT_LIMIT_MS,
    connectionAcquisitionTimeout: 30_000,
    disableLosslessIntegers: true,
    notificationFilter: { minimumSeverityLevel: 'OFF' },
    telemetryDisabled: true,
    userAgent: 'colloquy',
  });
}

/**
 * Holds the driver that calls use now. Neo4j's driver has no read timeout: connections to a store that hangs stay
 * taken. So when the store was found hanging, the whole driver is replaced, and the old one ends with its last answer.
 */
export class DriverHolder {
  readonly #config: GraphConfig;
  readonly #maxConnections: number;
  #driver: Driver;
  #closed = false;

  constructor(config: GraphConfig, maxConnections: number) {
    this.#config = config;
    this.#maxConnections = maxConnections;
    this.#driver = createDriver(config, maxConnections);
  }

  get current(): Driver {
    return this.#driver;
  }

  /** Does nothing when `hanging` was replaced already: many calls find out at the same time. */
  replace(hanging: Driver): void {
    if (this.#driver !== hanging || this.#closed) return;
    this.#driver = createDriver(this.#config, this.#maxConnections);
    hanging.close().catch((cause: unknown) => {
      this.#config.log?.debug({ err: cause }, 'a hanging Neo4j driver did not close cleanly');
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#driver.close();
  }
}
