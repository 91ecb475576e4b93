import { setTimeout as wait } from 'node:timers/promises';
import type { Driver, QueryResult, RecordShape, SessionMode, Transaction } from 'neo4j-driver';
import { GraphUnavailableError } from '../errors.ts';
import { classify, isPassing } from './classify.ts';
import { type GraphConfig, MAX_ATTEMPTS, PATIENCE_MS, READ_TIMEOUT_MS, WRITE_TIMEOUT_MS } from './config.ts';
import { DriverHolder } from './driver.ts';
import { Heartbeat } from './heartbeat.ts';

/** An open transaction. What runs in it is committed together, or not at all. */
export interface GraphTransaction {
  run<Row extends RecordShape = RecordShape>(
    statement: string,
    parameters?: Record<string, unknown>,
  ): Promise<QueryResult<Row>>;
}

type Work<T> = (transaction: GraphTransaction) => Promise<T>;

/**
 * Runs transactions. `work` may run more than once (a deadlock, a lost connection), so it has no effects of its own,
 * and every write of this package is idempotent. Throws GraphUnavailableError within 5 s when Neo4j does not answer.
 */
export class Executor {
  readonly #config: GraphConfig;
  readonly #drivers: DriverHolder;
  readonly #heartbeat: Heartbeat;
  /** So that the log tells when Neo4j went and came back, and not every call that felt it. */
  #away = false;

  constructor(config: GraphConfig) {
    this.#config = config;
    this.#drivers = new DriverHolder(config, 50);
    this.#heartbeat = new Heartbeat(config);
  }

  read<T>(work: Work<T>): Promise<T> {
    return this.#transact('READ', READ_TIMEOUT_MS, work);
  }

  write<T>(work: Work<T>): Promise<T> {
    return this.#transact('WRITE', WRITE_TIMEOUT_MS, work);
  }

  /** Throws GraphUnavailableError when Neo4j does not answer. */
  async ping(): Promise<void> {
    try {
      await this.#heartbeat.check();
    } catch (cause) {
      throw new GraphUnavailableError(cause);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#drivers.close(), this.#heartbeat.close()]);
  }

  async #transact<T>(mode: SessionMode, timeout: number, work: Work<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const driver = this.#drivers.current;
      try {
        const result = await this.#watch(driver, this.#attempt(driver, mode, timeout, work));
        this.#noteBack();
        return result;
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isPassing(error)) throw this.#noteAway(classify(error));
        this.#config.log?.debug({ err: error, attempt }, 'Neo4j transaction is tried again');
        await wait(20 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }

  #noteBack(): void {
    if (this.#away) this.#config.log?.info({}, 'Neo4j answers again');
    this.#away = false;
  }

  #noteAway(error: unknown): unknown {
    if (error instanceof GraphUnavailableError && !this.#away) {
      this.#away = true;
      this.#config.log?.warn({ err: error.cause }, 'Neo4j does not answer');
    }
    return error;
  }

  async #attempt<T>(driver: Driver, mode: SessionMode, timeout: number, work: Work<T>): Promise<T> {
    const session = driver.session({ database: this.#config.database ?? 'neo4j', defaultAccessMode: mode });
    try {
      const transaction = await session.beginTransaction({ timeout });
      const result = await work(this.#counted(transaction));
      await transaction.commit();
      return result;
    } finally {
      // Closing rolls back what is not committed. When the connection is lost there is nothing left to roll back.
      await session.close().catch((cause: unknown) => {
        this.#config.log?.debug({ err: cause }, 'a Neo4j session did not close cleanly');
      });
    }
  }

  #counted(transaction: Transaction): GraphTransaction {
    return {
      run: async <Row extends RecordShape>(statement: string, parameters?: Record<string, unknown>) => {
        this.#config.onQuery?.(statement);
        return await transaction.run<Row>(statement, parameters);
      },
    };
  }

  /** Waits for `pending` as long as Neo4j answers heartbeats; else throws GraphUnavailableError and lets go of the driver. */
  async #watch<T>(driver: Driver, pending: Promise<T>): Promise<T> {
    const settled = pending.then(
      () => true,
      () => true,
    );
    for (;;) {
      const over = new AbortController();
      const patience = wait(PATIENCE_MS, false, { signal: over.signal }).catch(() => true);
      const finished = await Promise.race([settled, patience]);
      over.abort();
      if (finished) return await pending;
      const lost = await Promise.race([
        settled.then(() => null),
        this.#heartbeat.check().then(
          () => null,
          (cause: unknown) => new GraphUnavailableError(cause),
        ),
      ]);
      if (lost) {
        this.#drivers.replace(driver);
        throw lost;
      }
    }
  }
}
