/** The parts of package-lock.json that we look at. */
export interface LockEntry {
  version?: string;
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
}
export interface Lockfile {
  packages: Record<string, LockEntry>;
}

/** Addresses in a lockfile tie every later install to the registry of whoever wrote it. */
export function lockfileProblems(lockfile: Lockfile): string[] {
  const packages = Object.entries(lockfile.packages);
  if (packages.length === 0) return ['package-lock.json lists no packages.'];
  return packages
    .filter(([, entry]) => entry.resolved !== undefined && entry.link !== true)
    .map(
      ([name]) =>
        `package-lock.json: ${name} names where it was downloaded from. Run npm install with this checkout's .npmrc.`,
    );
}
