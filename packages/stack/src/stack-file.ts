import { z } from 'zod';
import { homePaths } from './home.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import type { Ports } from './ports.ts';

const stackFile = z.object({ ports: z.record(z.string(), z.number().int().min(1).max(65_535)) });

/** The ports that a home has written down; none when it has never been used, or is gone. */
export function readPorts(home: string): Ports {
  const parsed = stackFile.safeParse(readJsonFile(homePaths(home).stackFile));
  return parsed.success ? parsed.data.ports : {};
}

export function writePorts(home: string, ports: Ports): void {
  writeJsonFile(homePaths(home).stackFile, { ports: { ...readPorts(home), ...ports } });
}
