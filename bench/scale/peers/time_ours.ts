// Times our reader over a file on disk, conversation by conversation. Usage: node time_ours.ts FILE [cold]; prints one line
// of JSON. Unless it is to be cold it has surveyed the archive, as an import does first, and has read 50 conversations: a
// worker lives long, and its code is compiled by then.
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readArchive, surveyArchive } from '@colloquy/formats';
import { openObjectSource, openObjectStore } from '@colloquy/objects';

const [, , file = '', state = 'warm'] = process.argv;
const source = await openObjectSource(openObjectStore(pathToFileURL(dirname(file)).href), basename(file));
const WARM_UP_CONVERSATIONS = 50;
if (state === 'warm') {
  await surveyArchive(source);
  let read = 0;
  for await (const _ of readArchive(source)) if (++read === WARM_UP_CONVERSATIONS) break;
}

const found = { conversations: 0, messages: 0, refused: 0 };
const worked = process.cpuUsage();
const started = performance.now();
for await (const record of readArchive(source)) {
  if (record.kind === 'issue') found.refused++;
  else {
    found.conversations++;
    found.messages += record.conversation.messages.length;
    found.refused += record.conversation.issues.length;
  }
}
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(worked);
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(
  JSON.stringify({
    seconds,
    cpuSeconds: (user + system) / 1e6,
    ...found,
    peakBytes,
    version: `Colloquy, Node ${process.version}`,
  }),
);
