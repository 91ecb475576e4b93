import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LockEntry, Lockfile } from './lockfile.ts';

/**
 * Adds the entries that npm leaves out when a registry does not carry a package for some other platform: `npm ci` then
 * refuses the lockfile everywhere. Run it after every `npm install` that changes dependencies.
 *
 *   node tooling/complete-lockfile.ts
 */
const FILE = join(import.meta.dirname, '..', 'package-lock.json');

const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openharmony',
  'win32',
  'windows',
  'netbsd',
  'openbsd',
  'sunos',
  'aix',
];
const PROCESSORS: Readonly<Record<string, string>> = { '64': 'x64', eabi: 'arm', eabihf: 'arm' };

/** What a platform package's name says of where it runs, such as `linux-arm64-musl`. */
export function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu'> | null {
  const words = name.split(/[/-]/);
  const at = words.findIndex((word) => SYSTEMS.includes(word));
  const system = words[at];
  const processor = words[at + 1];
  if (system === undefined || processor === undefined) return null;
  return { os: [system === 'windows' ? 'win32' : system], cpu: [PROCESSORS[processor] ?? processor] };
}

/** The missing entries, by their place in the lockfile. Only exact versions can be completed. */
export function missingEntries(lockfile: Lockfile): Record<string, LockEntry> {
  const missing: Record<string, LockEntry> = {};
  for (const [place, entry] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const own = `${place}/node_modules/${name}`;
      const hoisted = `node_modules/${name}`;
      const platform = platformOf(name);
      if (own in lockfile.packages || hoisted in lockfile.packages || platform === null || !/^\d/.test(version))
        continue;
      missing[hoisted] = { version, ...platform, ...(entry.dev === true && { dev: true }), optional: true };
    }
  }
  return missing;
}

if (import.meta.main) {
  const lockfile = JSON.parse(readFileSync(FILE, 'utf8')) as Lockfile;
  const missing = missingEntries(lockfile);
  const packages = Object.entries({ ...lockfile.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(FILE, `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(packages) }, null, 2)}\n`);
  console.log(`${Object.keys(missing).length} entries added`);
}
