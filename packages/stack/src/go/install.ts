import { runCommand } from '../command.ts';
import { userEnvironment } from '../environment.ts';
import { type InstallContext, installOnce } from '../install.ts';
import { needProgram } from '../program.ts';
import { type BuildProgress, countLine, describeBuild, NO_PROGRESS } from './build-progress.ts';

export interface GoProgram {
  /** Of its folder in the cache and of its log: `weaviate`. */
  readonly name: string;
  /** In words: `Weaviate`. */
  readonly title: string;
  /** The command's import path, without a version. */
  readonly path: string;
  /** `v1.2.3`. */
  readonly version: string;
  /** What its build has when the caches are empty. */
  readonly whole: BuildProgress;
  /** What to do when there is no Go. */
  readonly advice: string;
}

/**
 * Builds a program from source with the user's own Go and returns the folder it is in; what was compiled stays in Go's
 * cache when interrupted.
 */
export function installGoProgram(context: InstallContext, program: GoProgram): Promise<string> {
  const title = `${program.title} ${program.version}`;
  return installOnce(context, {
    folder: `programs/${program.name}-${program.version}`,
    title,
    async build(target) {
      const go = needProgram('go', program.advice);
      let progress: BuildProgress = NO_PROGRESS;
      const report = () => {
        const { detail, fraction } = describeBuild(progress, program.whole);
        context.progress(`${title}: ${detail}`, fraction);
      };
      report();
      await runCommand({
        command: go,
        args: ['install', '-v', `${program.path}@${program.version}`],
        env: userEnvironment({ GOBIN: target }),
        cwd: target,
        note: { home: context.home, name: `install-${program.name}` },
        background: true,
        signal: context.signal,
        onLine(line) {
          progress = countLine(progress, line);
          report();
        },
      });
    },
  });
}
