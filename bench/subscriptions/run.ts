import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from '../gateway/report/machine.ts';
import { formatTable } from './report.ts';
import { CONTESTANTS, type Figures, visit } from './visit.ts';

const HELP = `Usage: node bench/subscriptions/run.ts [options]

Many open subscriptions in one process: the gateway beside bare graphql-ws, which has no federation. Every client has a
socket of its own. The server under test has one core for itself; clients and subgraphs share another one. Each round
visits all of them; a visit is a new process. What counts is the median of the rounds. Linux, two cores; each process
needs a file descriptor per client (ulimit -n).

  --clients N       (10000)
  --events N        per visit, after 3 to warm up (20)
  --interval MS     between events: long enough for all clients to have one before the next (1000)
  --rounds N        (3)
  --name NAME       of the files in bench/results: NAME.json, NAME.md (subscriptions)
  --quick           500 clients, 10 events 200 ms apart, 1 round, named subscriptions-quick: tells whether all of it works
  --help            this text
`;

const { values } = parseArgs({
  options: {
    clients: { type: 'string' },
    events: { type: 'string' },
    interval: { type: 'string' },
    rounds: { type: 'string' },
    name: { type: 'string' },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function run(): Promise<void> {
  const { quick } = values;
  const folder = mkdtempSync(join(tmpdir(), 'bench-subscriptions-'));
  const settings = {
    clients: Number(values.clients ?? (quick ? 500 : 10_000)),
    events: Number(values.events ?? (quick ? 10 : 20)),
    intervalMilliseconds: Number(values.interval ?? (quick ? 200 : 1000)),
    folder,
    serverCore: 0,
    loadCore: 1,
  };
  const rounds = Number(values.rounds ?? (quick ? 1 : 3));
  const machine = describeMachine();
  // All threads of this process; what it starts says itself where it runs.
  execFileSync('taskset', ['-a', '-c', '-p', String(settings.loadCore), String(process.pid)]);
  const figures: Figures[] = [];
  try {
    for (let round = 1; round <= rounds; round++) {
      // Every other round the other way, so that nobody always comes first.
      for (const contestant of round % 2 === 1 ? CONTESTANTS : CONTESTANTS.toReversed()) {
        const measured = await visit(contestant, round, settings);
        figures.push(measured);
        console.log(JSON.stringify(measured));
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const results = join(import.meta.dirname, '../results');
  const name = values.name ?? (quick ? 'subscriptions-quick' : 'subscriptions');
  const { clients, events, intervalMilliseconds } = settings;
  const report = { machine, settings: { clients, events, intervalMilliseconds, rounds }, figures };
  const table = formatTable(report);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(results, `${name}.md`), table);
  console.log(table);
}

if (values.help) console.log(HELP);
else await run();
