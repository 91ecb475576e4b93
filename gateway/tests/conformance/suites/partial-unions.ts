import type { Suite } from '../suite.ts';

const steps = {
  plan: [
    { __typename: 'Note', text: 'hello' },
    { __typename: 'Timer', seconds: 5 },
  ],
  log: [
    { __typename: 'Note', text: 'hello' },
    { __typename: 'Alarm', loud: true },
  ],
};

/** A union of plain values: a member that a subgraph does not know is not asked of it. */
export const partialUnions: Suite = {
  name: 'a union of values of which each subgraph knows some',
  subgraphs: {
    planner: {
      sdl: `
        type Query { planned: Job both: Job @shareable simple: Sheet }
        type Job @key(fields: "id") { id: ID! sheet: Sheet @shareable }
        type Sheet @shareable { steps: [Step!]! title: String }
        union Step = Note | Timer
        type Note @shareable { text: String }
        type Timer { seconds: Int }
      `,
      resolvers: {
        Query: {
          planned: () => ({ id: 'j1' }),
          both: () => ({ id: 'j1' }),
          simple: () => ({ steps: steps.plan, title: 'Sheet' }),
        },
        Job: { sheet: () => ({ steps: steps.plan, title: 'Sheet' }) },
      },
    },
    logger: {
      sdl: `
        type Query { logged: Job both: Job @shareable }
        type Job @key(fields: "id") { id: ID! sheet: Sheet @shareable logSheet: Sheet }
        type Sheet @shareable { steps: [Step!]! title: String }
        union Step = Note | Alarm
        type Note @shareable { text: String }
        type Alarm { loud: Boolean }
      `,
      resolvers: {
        Query: { logged: () => ({ id: 'j1' }), both: () => ({ id: 'j1' }) },
        Job: {
          sheet: () => ({ steps: steps.log, title: 'Sheet' }),
          logSheet: () => ({ steps: steps.log, title: 'Sheet' }),
        },
      },
    },
  },
  cases: [
    {
      name: 'all members, from the one subgraph',
      query: '{ simple { title steps { __typename ... on Note { text } ... on Timer { seconds } } } }',
      data: {
        simple: {
          title: 'Sheet',
          steps: [
            { __typename: 'Note', text: 'hello' },
            { __typename: 'Timer', seconds: 5 },
          ],
        },
      },
    },
    {
      name: 'a member of the other subgraph is not asked for where it cannot be',
      query: '{ simple { steps { ... on Note { text } ... on Alarm { loud } } } }',
      data: { simple: { steps: [{ text: 'hello' }, {}] } },
    },
    {
      name: 'a field that one subgraph has is asked with its members',
      query: '{ planned { logSheet { steps { __typename ... on Alarm { loud } ... on Timer { seconds } } } } }',
      data: { planned: { logSheet: { steps: [{ __typename: 'Note' }, { __typename: 'Alarm', loud: true }] } } },
    },
    {
      name: 'several places with different members',
      query: `{ logged { logSheet { steps { ... on Note { text } ... on Alarm { loud } } } } simple { steps { __typename } } }`,
      data: {
        logged: { logSheet: { steps: [{ text: 'hello' }, { loud: true }] } },
        simple: { steps: [{ __typename: 'Note' }, { __typename: 'Timer' }] },
      },
    },
  ],
};
