import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { follow } from './channel.ts';
import { ITEMS, TICKS } from './sdl.ts';
import { serve } from './serve.ts';

/** One subgraph behind the gateway: `source.ts ticks|items PORT`. */
const [name, port] = process.argv.slice(2);
const TEXT = 'x'.repeat(200);
const ticks = {
  Subscription: { tick: { subscribe: follow, resolve: (tick: object) => tick } },
  Tick: { text: () => TEXT, item: ({ sequence }: { sequence: number }) => ({ id: String(sequence % 100) }) },
};
const items = { Item: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Item ${id}` }) } };
const [sdl, resolvers] = name === 'ticks' ? [TICKS, ticks] : [ITEMS, items];
serve(buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]), Number(port));
