import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const routes = [
  { id: '1', fare: 9.5, twin: '2' },
  { id: '2', fare: 9.5, twin: '3' },
  { id: '3', fare: 9.5, twin: '1' },
];
const route = (id: string | undefined): object | undefined => {
  const found = routes.find((candidate) => candidate.id === id);
  return found && { __typename: 'Ferry', id: found.id, fare: found.fare, twin: () => route(found.twin) };
};

/** An interface whose field is the interface again, narrowed by its type, which provides a field for it. */
export const circularInterface: Suite = {
  name: 'an interface that leads to itself',
  subgraphs: {
    routes: {
      sdl: `
        type Query { route: Route }
        interface Route { twin: Route }
        type Ferry implements Route @key(fields: "id") {
          id: ID! twin: Ferry @provides(fields: "fare") fare: Float @external
        }
      `,
      resolvers: { Query: { route: () => route('1') }, Ferry: among(routes, 'id') },
    },
    fares: {
      sdl: 'type Ferry @key(fields: "id") { id: ID! fare: Float @shareable }',
      resolvers: { Ferry: among(routes, 'id') },
    },
  },
  cases: [
    {
      name: 'through the interface',
      query: '{ route { twin { ... on Route { twin { __typename } } } } }',
      data: { route: { twin: { twin: { __typename: 'Ferry' } } } },
    },
    {
      name: 'through interface and type at once',
      query: `{ route {
        __typename
        twin { __typename ... on Ferry { id } twin { __typename ... on Ferry { id } } }
        ... on Ferry { id fare twin { fare id } }
      } }`,
      data: {
        route: {
          __typename: 'Ferry',
          twin: { __typename: 'Ferry', id: '2', twin: { __typename: 'Ferry', id: '3' }, fare: 9.5 },
          id: '1',
          fare: 9.5,
        },
      },
    },
  ],
};
