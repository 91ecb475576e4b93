import type { HomePaths } from './home.ts';
import type { InstallContext } from './install.ts';
import type { Ports } from './ports.ts';
import type { StoreName } from './report.ts';
import type { StopSignal } from './run-record.ts';
import type { Settings } from './settings.ts';
import type { LaunchCommand } from './supervise.ts';

export interface StoreContext extends InstallContext {
  readonly paths: HomePaths;
  readonly ports: Ports;
  readonly settings: Settings;
}

/** Says how to start the server now; asked before every start. */
export type Launch = () => Promise<LaunchCommand> | LaunchCommand;

/** What the stack knows about one store. */
export interface StoreDefinition {
  readonly name: StoreName;
  /** The ports that a store of our own needs. */
  readonly portNames: readonly string[];
  /** Its service in docker-compose.yml; null when a container is of no use. */
  readonly composeService: string | null;
  readonly stopSignal?: StopSignal;
  /** Milliseconds that it may take to stop. */
  readonly stopLimitMs?: number;
  /** Installs what is needed. Null: there is nothing to run. */
  prepare(context: StoreContext): Promise<Launch | null>;
  /** After it was started: accounts and databases. Throws until it answers; may run again. */
  settle?(context: StoreContext): Promise<void>;
  /** Asks a real question and returns the server's version, or null when it does not tell. Throws when it is not well. */
  check(settings: Settings): Promise<string | null>;
}
