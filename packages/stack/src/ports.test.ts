import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { prepareHome } from './home.ts';
import { reservePorts } from './ports.ts';
import { readPorts, writePorts } from './stack-file.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

function reserve(cache: string, home: string, names: readonly string[]) {
  prepareHome(home);
  return reservePorts({
    home,
    cache,
    names,
    known: readPorts(home),
    persist: (ports) => writePorts(home, ports),
    portsOf: readPorts,
  });
}

test('many homes that ask at once get ports of their own, which they keep', async () => {
  const cache = temporaryFolder();
  const homes = Array.from({ length: 8 }, (_, index) => join(cache, `home-${index}`));
  const names = ['postgres', 'redis', 'neo4j-bolt'];
  const first = await Promise.all(homes.map((home) => reserve(cache, home, names)));
  const all = first.flatMap((ports) => Object.values(ports));
  expect(new Set(all).size).toBe(homes.length * names.length);
  expect(await Promise.all(homes.map((home) => reserve(cache, home, names)))).toEqual(first);
});

test('a port that another program took is replaced, the others stay', async () => {
  const cache = temporaryFolder();
  const home = join(cache, 'home');
  const before = await reserve(cache, home, ['postgres', 'redis']);
  const intruder = createServer().listen({ port: before.redis, host: '127.0.0.1' });
  await once(intruder, 'listening');
  try {
    const after = await reserve(cache, home, ['postgres', 'redis']);
    expect(after.postgres).toBe(before.postgres);
    expect(after.redis).not.toBe(before.redis);
    expect(readPorts(home)).toEqual(after);
  } finally {
    intruder.close();
  }
});

test('a home keeps the ports that are not asked for this time', async () => {
  const cache = temporaryFolder();
  const home = join(cache, 'home');
  const all = await reserve(cache, home, ['postgres', 'redis']);
  await reserve(cache, home, ['redis']);
  expect(await reserve(cache, home, ['postgres', 'redis'])).toEqual(all);
});
