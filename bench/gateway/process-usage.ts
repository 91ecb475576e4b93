import { readdirSync, readFileSync } from 'node:fs';

/** Of a process and everything that it started. */
export interface ProcessUsage {
  /** User and system time of all threads since the start, in milliseconds; the kernel counts in steps of 10. */
  cpuMilliseconds: number;
  /** The most memory that was ever resident (VmHWM), summed over the processes. */
  peakBytes: number;
}

/** Linux reports times in ticks of 1/100 s on every architecture that Node runs on. */
const MILLISECONDS_PER_TICK = 10;

/** Reads /proc, so it works on Linux alone. */
export function processUsage(root: number): ProcessUsage {
  const usage: ProcessUsage = { cpuMilliseconds: 0, peakBytes: 0 };
  for (const pid of processTree(root)) {
    const fields = statFields(pid);
    // utime, stime, and cutime, cstime of children that are gone; fields counts from the state, which is field 3.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    usage.cpuMilliseconds += ticks * MILLISECONDS_PER_TICK;
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    usage.peakBytes += Number(peak ?? 0) * 1024;
  }
  return usage;
}

function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree: number[] = [];
  const add = (pid: number): void => {
    tree.push(pid);
    for (const child of children.get(pid) ?? []) add(child);
  };
  add(root);
  return tree;
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(statFields(pid)[1]);
  } catch {
    // It ended since the folder was listed.
    return undefined;
  }
}

/** The fields of /proc/PID/stat after the program's name, which may itself hold spaces and parentheses. */
function statFields(pid: number): string[] {
  const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return line.slice(line.lastIndexOf(')') + 2).split(' ');
}
