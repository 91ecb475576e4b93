import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.ts';
import { dockerRuns } from './docker.ts';
import { StackError } from './errors.ts';
import type { InstallContext } from './install.ts';
import { findProgram } from './program.ts';

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

const IMAGE = 'maven:3.9-eclipse-temurin-21';
const GOAL = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/**
 * Copies an artifact into `folder`, through the user's own Maven: its settings say where artifacts come from, and its
 * local repository keeps what was downloaded when this is interrupted.
 */
export async function copyFromMaven(context: InstallContext, copy: MavenCopy): Promise<void> {
  const maven = await findMaven(copy.folder);
  writeFileSync(join(copy.folder, 'pom.xml'), pom(copy.artifact));
  let files = 0;
  const report = () => {
    const fraction = Math.min(0.97, files / copy.usualFiles);
    context.progress(`${copy.title}: downloading, ${files} of about ${copy.usualFiles} files`, fraction);
  };
  report();
  await runCommand({
    command: maven.command,
    args: [
      ...maven.args,
      '--batch-mode',
      GOAL,
      `-DoutputDirectory=${maven.folder}`,
      `-DexcludeTransitive=${!copy.transitive}`,
    ],
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

interface Maven {
  readonly command: string;
  readonly args: readonly string[];
  /** How Maven sees the folder that it shall fill. */
  readonly folder: string;
}

/** Maven on PATH, or else in a container. */
async function findMaven(folder: string): Promise<Maven> {
  const maven = findProgram('mvn');
  if (maven !== null) return { command: maven, args: [], folder };
  if (await dockerRuns()) {
    const user = process.getuid === undefined ? [] : ['--user', `${process.getuid()}:${process.getgid?.()}`];
    const mount = ['--volume', `${folder}:/target`, '--workdir', '/target', '--env', 'MAVEN_CONFIG=/tmp/.m2'];
    const args = ['run', '--rm', ...user, ...mount, IMAGE, 'mvn', '-Duser.home=/tmp'];
    return { command: 'docker', args, folder: '/target' };
  }
  throw new StackError('PROGRAM_MISSING', 'mvn is not on PATH. Install Maven 3.6 or later, or start Docker.');
}

function pom({ groupId, artifactId, version }: MavenArtifact): string {
  return `<project><modelVersion>4.0.0</modelVersion>
<groupId>colloquy</groupId><artifactId>store</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency></dependencies>
</project>
`;
}
