import { deflateRawSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { readEntry } from './archive.ts';

interface Entry {
  name: string;
  content: string;
  deflate: boolean;
}

/** A ZIP archive as the format's specification has it, without checksums. */
function zip(entries: readonly Entry[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, deflate } of entries) {
    const packed = deflate ? deflateRawSync(content) : Buffer.from(content);
    const local = Buffer.alloc(30);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt16LE(deflate ? 8 : 0, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    bodies.push(local, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    offset += local.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

const archive = zip([
  { name: 'README', content: 'read me', deflate: false },
  { name: 'x-tokenizer.json', content: '{}'.repeat(1_000), deflate: true },
]);

test('entries are found by name, packed or not', () => {
  expect(readEntry(archive, (name) => name === 'README').toString()).toBe('read me');
  expect(readEntry(archive, (name) => name.endsWith('-tokenizer.json')).toString()).toBe('{}'.repeat(1_000));
});

test('an absent entry and a cut archive are errors of their own', () => {
  expect(() => readEntry(archive, () => false)).toThrow('does not hold');
  expect(() => readEntry(archive.subarray(0, 100), () => true)).toThrow('cut short');
});
