import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The variables of a server program: everything else (PORT, HOST, ENABLE_MODULES ...) is meant for somebody else. */
const SERVER_VARIABLES = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'USER', 'LOGNAME', 'SYSTEMROOT'];

/** All variables of this process and `extra`: for programs that act for the user (mvn, go, apt-get, docker). */
export function userEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...defined(process.env), ...extra };
}

/** Only what any server needs, and `extra`: for the stores, whose programs read settings from many variables. */
export function serverEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const all = defined(process.env);
  const kept = Object.fromEntries(Object.entries(all).filter(([name]) => SERVER_VARIABLES.includes(name)));
  return { ...kept, ...extra };
}

/** The folders that are searched for programs, in order. */
export function programFolders(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}

/** COLLOQUY_CACHE, or `~/.cache/colloquy`: installed programs and models, shared by checkouts. */
export function defaultCache(): string {
  return process.env.COLLOQUY_CACHE || join(homedir(), '.cache', 'colloquy');
}

function defined(variables: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
