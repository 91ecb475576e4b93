import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median } from '../../gateway/statistics.ts';
import type { ExportSize } from '../export/plan.ts';
import { writeExport } from '../export/write.ts';

const run = promisify(execFile);
const VERSION = '0.1.7';

/** What one program made of the file. */
export interface ParseFigures {
  seconds: number;
  /** Of all threads: says more than the time when others use the machine too. */
  cpuSeconds: number;
  conversations: number;
  messages: number;
  /** Records or parts of records that could not be read. */
  refused: number;
  peakBytes: number;
  version: string;
}

export interface PeerFigures {
  jsonBytes: number;
  messages: number;
  /** `cold` is ours in a process that has read nothing before. */
  rounds: { ours: ParseFigures; cold: ParseFigures; convoviz: ParseFigures }[];
  /** How many times convoviz's messages per second ours reads, by the medians. */
  timesFaster: number;
  /** The same by CPU time. */
  timesLessCpu: number;
  /** The same as `timesFaster`, ours cold. */
  timesFasterCold: number;
}

/** A Python with convoviz in it, in a folder of its own. */
export async function installConvoviz(folder: string): Promise<string> {
  const environment = join(folder, 'python');
  await run('python3', ['-m', 'venv', environment]);
  const python = join(environment, 'bin/python');
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `convoviz==${VERSION}`]);
  return python;
}

/** Both parse the same conversations.json, each round in new processes, in turn. Throws when one does not read all of it. */
export async function measurePeer(options: {
  python: string;
  size: ExportSize;
  rounds: number;
  folder: string;
  signal: AbortSignal;
}): Promise<PeerFigures> {
  const { python, size, rounds, folder, signal } = options;
  const home = join(folder, 'peer');
  const file = join(home, 'conversations.json');
  // Its modules look for a ZIP among the downloads when they are loaded.
  mkdirSync(join(home, 'Downloads'), { recursive: true });
  writeFileSync(join(home, 'Downloads/none.zip'), '');
  const { jsonBytes, messages } = await writeExport(file, 'json', size);
  const play = async (program: string, script: string, ...more: string[]): Promise<ParseFigures> => {
    const environment = { PATH: process.env.PATH, HOME: home };
    const { stdout } = await run(program, [join(import.meta.dirname, script), file, ...more], {
      env: environment,
      signal,
    });
    const figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as ParseFigures;
    if (figures.messages !== messages || figures.refused > 0)
      throw new Error(`${script} read ${figures.messages} of ${messages} messages and refused ${figures.refused}.`);
    return figures;
  };
  const played: PeerFigures['rounds'] = [];
  for (let round = 1; round <= rounds; round++) {
    const ours = await play(process.execPath, 'time_ours.ts');
    const convoviz = await play(python, 'time_convoviz.py');
    const cold = await play(process.execPath, 'time_ours.ts', 'cold');
    played.push({ ours, cold, convoviz });
    const rate = ({ seconds }: ParseFigures) => `${Math.round(messages / seconds)}/s`;
    console.log(`parse alone, round ${round}: ours ${rate(ours)}, convoviz ${rate(convoviz)}`);
  }
  const ratio = (read: (figures: ParseFigures) => number, state: 'ours' | 'cold' = 'ours') =>
    median(played.map(({ convoviz }) => read(convoviz))) / median(played.map((round) => read(round[state])));
  const seconds = (figures: ParseFigures) => figures.seconds;
  return {
    jsonBytes,
    messages,
    rounds: played,
    timesFaster: ratio(seconds),
    timesLessCpu: ratio(({ cpuSeconds }) => cpuSeconds),
    timesFasterCold: ratio(seconds, 'cold'),
  };
}
