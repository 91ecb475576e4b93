import { readFileSync } from 'node:fs';
import { type ProcessUsage, processUsage } from '../../gateway/process-usage.ts';

/** As `processUsage`, for trees whose processes come and go while they are read. */
export function usageOf(pid: number): ProcessUsage {
  for (let attempt = 1; ; attempt++) {
    try {
      return processUsage(pid);
    } catch (error) {
      // One of them ended between the listing and the reading; the next listing lacks it.
      if (attempt === 20) throw error;
    }
  }
}

/** The process that started this one. */
export function parentOf(pid: number): number {
  const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[1]);
}
