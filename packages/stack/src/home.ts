import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface HomePaths {
  readonly root: string;
  /** Ports, and where data lies that cannot be in the home. */
  readonly stackFile: string;
  /** Held by the process that runs a stack in this home. */
  readonly lockFile: string;
  readonly logs: string;
  /** One file per running child, so that leftovers are found after a crash. */
  readonly run: string;
  readonly secrets: string;
  /** The data folder of a store. */
  data(store: string): string;
}

export function homePaths(home: string): HomePaths {
  const root = resolve(home);
  return {
    root,
    stackFile: join(root, 'stack.json'),
    lockFile: join(root, 'stack.lock'),
    logs: join(root, 'logs'),
    run: join(root, 'run'),
    secrets: join(root, 'secrets'),
    data: (store) => join(root, store),
  };
}

/**
 * Creates the home and its folders, closed to other accounts. For root the home itself can be passed through (0711),
 * because PostgreSQL then runs under an account of its own; what is inside stays closed.
 */
export function prepareHome(home: string): HomePaths {
  const paths = homePaths(home);
  mkdirSync(paths.root, { recursive: true });
  chmodSync(paths.root, isRoot() ? 0o711 : 0o700);
  for (const folder of [paths.logs, paths.run, paths.secrets]) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
  }
  return paths;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
