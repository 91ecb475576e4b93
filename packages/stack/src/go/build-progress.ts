/** Downloading takes about this share of a first build. */
const DOWNLOAD_SHARE = 0.1;

/** How many modules and packages a build has had so far, or has when its caches are empty; warm ones leave fewer of both. */
export interface BuildProgress {
  readonly modules: number;
  readonly packages: number;
}

export const NO_PROGRESS: BuildProgress = { modules: 0, packages: 0 };

/** `go install -v` prints a line per downloaded module and one per compiled package. */
export function countLine(progress: BuildProgress, line: string): BuildProgress {
  if (line.startsWith('go: downloading ')) return { ...progress, modules: progress.modules + 1 };
  if (/^[\w.-]+(\/[\w.~-]+)*$/.test(line)) return { ...progress, packages: progress.packages + 1 };
  return progress;
}

/** In words, and the share that is done: never all of it, because the linker comes last and says nothing. */
export function describeBuild(
  { modules, packages }: BuildProgress,
  whole: BuildProgress,
): { detail: string; fraction: number } {
  const downloaded = DOWNLOAD_SHARE * Math.min(1, modules / whole.modules);
  if (packages === 0) return { detail: `downloading its sources, ${modules} modules`, fraction: downloaded };
  const compiled = Math.min(1, packages / whole.packages);
  const fraction = DOWNLOAD_SHARE + (0.97 - DOWNLOAD_SHARE) * compiled;
  return { detail: `building (once), ${packages} of about ${whole.packages} packages`, fraction };
}
