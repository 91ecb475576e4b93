import { runCommand } from '../../command.ts';
import { userEnvironment } from '../../environment.ts';
import { type InstallContext, installOnce } from '../../install.ts';
import { needProgram } from '../../program.ts';
import { type BuildProgress, countLine, describeBuild, NO_PROGRESS } from './build-progress.ts';

export const VERSION = 'v1.35.2';
const PACKAGE = `github.com/weaviate/weaviate/cmd/weaviate-server@${VERSION}`;
const ADVICE = 'Install Go 1.25 or later (go.dev/doc/install), set WEAVIATE_URL, or start Docker.';

/** Builds Weaviate from source with the user's own Go; what was compiled stays in Go's cache when interrupted. */
export async function installWeaviate(context: InstallContext): Promise<string> {
  const title = `Weaviate ${VERSION}`;
  const folder = await installOnce(context, {
    folder: `programs/weaviate-${VERSION}`,
    title,
    async build(target) {
      const go = needProgram('go', ADVICE);
      let progress: BuildProgress = NO_PROGRESS;
      const report = () => {
        const { detail, fraction } = describeBuild(progress);
        context.progress(`${title}: ${detail}`, fraction);
      };
      report();
      await runCommand({
        command: go,
        args: ['install', '-v', PACKAGE],
        env: userEnvironment({ GOBIN: target }),
        cwd: target,
        note: { home: context.home, name: 'install-weaviate' },
        background: true,
        signal: context.signal,
        onLine(line) {
          progress = countLine(progress, line);
          report();
        },
      });
    },
  });
  return folder;
}
