import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { QUERY_NAMES, type QueryName, SAMPLES } from './dataset.ts';
import { HERE } from './gateways/gateway.ts';

export const HELP = `Usage: node bench/gateway/run.ts [options]

Measures this gateway beside others: the same subgraphs, the same queries, every answer checked. The gateway under test
has one core for itself; the subgraphs and the load share another one. Each round visits every gateway with every query;
a visit is a new process, warmed up first. What counts is the median of the rounds. Linux, two cores.

  --gateways LIST   names, separated by commas (all that can run here; --list prints them)
  --queries LIST    deep, small (both)
  --rounds N        (5)
  --seconds N       of one measurement (10)
  --warm-up N       seconds before it (8)
  --connections N   (50)
  --data DIR        another data set than bench/gateway/samples: a folder with gateway-data.json, gateway-query.graphql
                    and gateway-query-small.json
  --hive-router F   the binary of Hive Router; HIVE_ROUTER in the environment does the same
  --name NAME       of the files in bench/results: NAME.json, NAME.md, NAME.svg (gateway)
  --publish         also puts table and plot into docs/benchmarks
  --quick           1 round of 2 s after 2 s, named gateway-quick: tells whether everything works, and nothing else
  --list            prints the gateways with their versions, and why one cannot run
  --help            this text

The peers are a package of their own: first \`npm ci --ignore-scripts\` in bench/gateway/peers.
`;

export interface Options {
  gateways: string[] | null;
  queries: QueryName[];
  rounds: number;
  seconds: number;
  warmUpSeconds: number;
  connections: number;
  data: string;
  hiveRouter: string | undefined;
  /** Where the results go, without the extension. */
  output: string;
  publish: boolean;
  list: boolean;
  help: boolean;
}

/** Reads the command line. Throws when it cannot be understood. */
export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      gateways: { type: 'string' },
      queries: { type: 'string', default: QUERY_NAMES.join(',') },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      connections: { type: 'string', default: '50' },
      data: { type: 'string', default: SAMPLES },
      'hive-router': { type: 'string' },
      name: { type: 'string' },
      publish: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  const binary = values['hive-router'] ?? process.env.HIVE_ROUTER;
  return {
    gateways: values.gateways?.split(',') ?? null,
    queries: values.queries.split(',').map(queryName),
    rounds: positive('--rounds', values.rounds ?? (quick ? '1' : '5')),
    seconds: positive('--seconds', values.seconds ?? (quick ? '2' : '10')),
    warmUpSeconds: positive('--warm-up', values['warm-up'] ?? (quick ? '2' : '8')),
    connections: positive('--connections', values.connections),
    data: resolve(values.data),
    hiveRouter: binary && resolve(binary),
    output: join(HERE, '../results', values.name ?? (quick ? 'gateway-quick' : 'gateway')),
    publish: values.publish,
    list: values.list,
    help: values.help,
  };
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`${option} expects a number above 0, not ${text}.`);
  return number;
}

function queryName(text: string): QueryName {
  const name = QUERY_NAMES.find((known) => known === text);
  if (name === undefined) throw new Error(`--queries knows ${QUERY_NAMES.join(' and ')}, not ${text}.`);
  return name;
}
