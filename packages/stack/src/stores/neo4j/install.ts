import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../command.ts';
import { type InstallContext, installOnce } from '../../install.ts';
import { copyFromMaven } from '../../maven.ts';
import { findProgram } from '../../program.ts';

const VERSION = '5.26.30';
const MAIN = fileURLToPath(new URL('../../../native/Graph.java', import.meta.url));

/** What follows `java -cp`: the class path, and what to run on it. */
export interface Neo4jProgram {
  readonly classPath: string;
  /** A class, or a source file on a machine that has no compiler of its own. */
  readonly main: string;
}

export async function installNeo4j(context: InstallContext): Promise<Neo4jProgram> {
  const title = `Neo4j ${VERSION}`;
  const folder = await installOnce(context, {
    folder: `programs/neo4j-${VERSION}`,
    title,
    async build(target) {
      const lib = join(target, 'lib');
      mkdirSync(lib);
      const artifact = { groupId: 'org.neo4j', artifactId: 'neo4j', version: VERSION };
      await copyFromMaven(context, { artifact, transitive: true, folder: lib, title, usualFiles: 216 });
    },
  });
  const lib = join(folder, 'lib', '*');
  const compiler = findProgram('javac');
  if (compiler === null) return { classPath: lib, main: MAIN };
  const classes = await compile(context, compiler, lib);
  return { classPath: `${classes}:${lib}`, main: 'Graph' };
}

/** Compiled once, because compiling at every start costs a second. */
async function compile(context: InstallContext, compiler: string, lib: string): Promise<string> {
  return installOnce(context, {
    folder: `programs/neo4j-${VERSION}-main-2`,
    title: `Neo4j ${VERSION}`,
    async build(target) {
      copyFileSync(MAIN, join(target, 'Graph.java'));
      const note = { home: context.home, name: 'install-neo4j' };
      const args = ['-cp', lib, '-d', target, '--release', '17', join(target, 'Graph.java')];
      await runCommand({ command: compiler, args, note, signal: context.signal });
    },
  });
}
