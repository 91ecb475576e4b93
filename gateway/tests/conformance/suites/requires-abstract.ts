import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const stops = [
  { id: 's1', sign: { __typename: 'Lamp', text: 'Mill', watts: 40 } },
  { id: 's2', sign: { __typename: 'Board', text: 'Dock', wood: 'oak' } },
  { id: 's3', sign: null },
];
type Sign = { __typename: string; text?: string; watts?: number; wood?: string } | null;

/** `@requires` that goes through interfaces and the fragments on them. */
export const requiresAbstract: Suite = {
  name: '@requires of interfaces',
  subgraphs: {
    line: {
      sdl: `
        type Query @shareable { stops: [Stop!]! }
        type Stop @key(fields: "id") { id: ID! sign: Sign }
        interface Sign { text: String! }
        interface Thing implements Sign { text: String! }
        type Lamp implements Sign & Thing @shareable { text: String! watts: Int! }
        type Board implements Sign & Thing @shareable { text: String! wood: String! }
      `,
      resolvers: { Query: { stops: () => stops }, Stop: among(stops, 'id') },
    },
    upkeep: {
      sdl: `
        type Query @shareable { worn: [Stop!]! }
        type Stop @key(fields: "id") {
          id: ID!
          sign: Sign @external
          label: String @requires(fields: "sign { text }")
          task: String
            @requires(fields: "sign { text ... on Thing { ... on Lamp { watts } ... on Board { wood } } }")
          bulb: String @requires(fields: "sign { ... on Lamp { watts } }")
        }
        interface Sign { text: String! }
        interface Thing implements Sign { text: String! }
        type Lamp implements Sign & Thing @shareable { text: String! watts: Int! }
        type Board implements Sign & Thing @shareable @inaccessible { text: String! wood: String! }
      `,
      resolvers: {
        Query: { worn: () => [{ id: 's2' }, { id: 's1' }] },
        Stop: {
          label: ({ sign }: { sign: Sign }) => sign?.text,
          task: ({ sign }: { sign: Sign }) => sign && `${sign.text}: ${sign.watts ?? sign.wood}`,
          bulb: ({ sign }: { sign: Sign }) => sign?.watts && `${sign.watts} W`,
        },
      },
    },
  },
  cases: [
    {
      name: 'a field of the interface',
      query: '{ stops { label } }',
      data: { stops: [{ label: 'Mill' }, { label: 'Dock' }, { label: null }] },
    },
    {
      name: 'fields of its types, one of them invisible',
      query: '{ stops { task } }',
      data: { stops: [{ task: 'Mill: 40' }, { task: 'Dock: oak' }, { task: null }] },
    },
    {
      name: 'a field of one type only',
      query: '{ stops { bulb } }',
      data: { stops: [{ bulb: '40 W' }, { bulb: null }, { bulb: null }] },
    },
    {
      name: 'from where only the key is known',
      query: '{ worn { task bulb } }',
      data: {
        worn: [
          { task: 'Dock: oak', bulb: null },
          { task: 'Mill: 40', bulb: '40 W' },
        ],
      },
    },
    {
      name: 'beside the visible part of the interface; an invisible type is null',
      query: '{ worn { sign { __typename text } label } }',
      data: {
        worn: [
          { sign: null, label: 'Dock' },
          { sign: { __typename: 'Lamp', text: 'Mill' }, label: 'Mill' },
        ],
      },
      errors: 'any',
    },
  ],
};
