import { runCommand } from '../../command.ts';
import { StackError } from '../../errors.ts';
import { needProgram } from '../../program.ts';

const OLDEST = 17;
const ADVICE =
  'Install Java 17 or later (Debian: `apt-get install openjdk-17-jdk-headless`), set NEO4J_URL, or start Docker.';

/** The path of a `java` that can run Neo4j. */
export async function findJava(): Promise<string> {
  const java = needProgram('java', ADVICE);
  let said = '';
  await runCommand({
    command: java,
    args: ['-version'],
    onLine: (line) => {
      said += `${line}\n`;
    },
  });
  const release = Number(/version "(?:1\.)?(\d+)/.exec(said)?.[1]);
  if (release >= OLDEST) return java;
  throw new StackError('PROGRAM_MISSING', `${java} is Java ${release}, too old for Neo4j. ${ADVICE}`);
}
