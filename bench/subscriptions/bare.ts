import { buildSchema, type GraphQLObjectType } from 'graphql';
import { follow } from './channel.ts';
import { serve } from './serve.ts';

/** What the gateway is compared with: graphql-ws and graphql-js in one process, with nothing else in it. `bare.ts PORT` */
const schema = buildSchema(`
  type Query { ready: Boolean }
  type Subscription { tick: Tick! }
  type Tick { at: Float! sequence: Int! text: String! }
`);
const fields = (schema.getType('Subscription') as GraphQLObjectType).getFields();
if (fields.tick)
  Object.assign(fields.tick, { subscribe: follow, resolve: (tick: object) => ({ ...tick, text: TEXT }) });
const TEXT = 'x'.repeat(200);
serve(schema, Number(process.argv[2]));
