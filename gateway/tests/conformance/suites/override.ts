import type { Suite } from '../suite.ts';

const ids = [{ id: 'd1' }, { id: 'd2' }];
const at = (who: string) => ({ writtenAt: ({ id }: { id: string }) => `${id} by ${who}` });

/** `@override`, from a subgraph that is there and from one that is not. */
export const override: Suite = {
  name: '@override',
  subgraphs: {
    diary: {
      sdl: `
        type Query { days: [Day!] @shareable diaryDays: [Day!] }
        type Day @key(fields: "id") { id: ID! writtenAt: String! readAt: String! @shareable mood: String! page: Int! }
      `,
      resolvers: {
        Query: { days: () => ids, diaryDays: () => [ids[0]] },
        Day: { ...at('diary'), readAt: () => 'noon', mood: () => 'old', page: () => 1 },
      },
    },
    journal: {
      sdl: `
        type Query { days: [Day!] @shareable journalDays: [Day!] }
        type Day @key(fields: "id") {
          id: ID!
          writtenAt: String! @override(from: "diary")
          readAt: String! @override(from: "library") @shareable
          mood: String! @override(from: "diary", label: "percent(0)")
          page: Int! @override(from: "diary", label: "percent(100)")
        }
      `,
      resolvers: {
        Query: { days: () => ids, journalDays: () => [ids[1]] },
        Day: { ...at('journal'), readAt: () => 'noon', mood: () => 'new', page: () => 2 },
      },
    },
  },
  cases: [
    {
      name: 'the new subgraph answers',
      query: '{ days { writtenAt } }',
      data: { days: [{ writtenAt: 'd1 by journal' }, { writtenAt: 'd2 by journal' }] },
    },
    {
      name: 'wherever the object comes from',
      query: '{ diaryDays { writtenAt id } journalDays { writtenAt } }',
      data: { diaryDays: [{ writtenAt: 'd1 by journal', id: 'd1' }], journalDays: [{ writtenAt: 'd2 by journal' }] },
    },
    {
      name: 'from a subgraph that is not there nothing changes',
      query: '{ diaryDays { readAt } journalDays { readAt } }',
      data: { diaryDays: [{ readAt: 'noon' }], journalDays: [{ readAt: 'noon' }] },
    },
    {
      name: 'of everybody by now: the new subgraph answers',
      query: '{ diaryDays { page } journalDays { page } }',
      data: { diaryDays: [{ page: 2 }], journalDays: [{ page: 2 }] },
    },
    {
      name: 'of nobody yet: the old subgraph answers',
      query: '{ diaryDays { mood } journalDays { mood } }',
      data: { diaryDays: [{ mood: 'old' }], journalDays: [{ mood: 'old' }] },
    },
  ],
};
