import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.ts';
import type { InstallContext } from './install.ts';
import { needProgram } from './program.ts';

export interface MavenArtifact {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
}

export interface MavenCopy {
  readonly artifact: MavenArtifact;
  /** Whether the artifact's own dependencies come with it. */
  readonly transitive: boolean;
  readonly folder: string;
  readonly title: string;
  /** About how many files a first download has. */
  readonly usualFiles: number;
}

const GOAL = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/**
 * Copies an artifact into `folder`, through the user's own Maven: its settings say where artifacts come from, and its
 * local repository keeps what was downloaded when this is interrupted.
 */
export async function copyFromMaven(context: InstallContext, copy: MavenCopy): Promise<void> {
  const maven = needProgram('mvn', 'Install Maven 3.6 or later (Debian: `apt-get install maven`).');
  writeFileSync(join(copy.folder, 'pom.xml'), pom(copy.artifact));
  let files = 0;
  const report = () => {
    const fraction = Math.min(0.97, files / copy.usualFiles);
    context.progress(`${copy.title}: downloading, ${files} of about ${copy.usualFiles} files`, fraction);
  };
  report();
  await runCommand({
    command: maven,
    args: ['--batch-mode', GOAL, `-DoutputDirectory=${copy.folder}`, `-DexcludeTransitive=${!copy.transitive}`],
    cwd: copy.folder,
    note: { home: context.home, name: `install-${copy.artifact.artifactId}` },
    background: true,
    signal: context.signal,
    onLine(line) {
      if (!line.includes('Downloaded from ')) return;
      files += 1;
      report();
    },
  });
}

function pom({ groupId, artifactId, version }: MavenArtifact): string {
  return `<project><modelVersion>4.0.0</modelVersion>
<groupId>colloquy</groupId><artifactId>store</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency></dependencies>
</project>
`;
}
