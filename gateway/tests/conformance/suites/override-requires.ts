import type { Suite } from '../suite.ts';

const named = (id: string) => () => ({ id });
const greet = (word: string) => ({ [`${word}`]: ({ name }: { name: string }) => `${word} ${name}` });

/** `@requires` of a field that moved by `@override`. */
export const overrideRequires: Suite = {
  name: '@override of a required field',
  subgraphs: {
    inn: {
      sdl: `
        type Query { atInn: Guest }
        type Guest @key(fields: "id") { id: ID! name: String! @external hello: String! @requires(fields: "name") }
      `,
      resolvers: { Query: { atInn: named('1') }, Guest: greet('hello') },
    },
    book: {
      sdl: `
        type Query { inBook: Guest }
        type Guest @key(fields: "id") { id: ID! name: String! @override(from: "bar") }
      `,
      resolvers: { Query: { inBook: named('2') }, Guest: { name: ({ id }: { id: string }) => `guest ${id}` } },
    },
    bar: {
      sdl: `
        type Query { atBar: Guest }
        type Guest @key(fields: "id") { id: ID! name: String! @external cheers: String! @requires(fields: "name") }
      `,
      resolvers: { Query: { atBar: named('3') }, Guest: greet('cheers') },
    },
  },
  cases: [
    {
      name: 'from everywhere',
      query: '{ atInn { ...All } inBook { ...All } atBar { ...All } } fragment All on Guest { id name hello cheers }',
      data: {
        atInn: { id: '1', name: 'guest 1', hello: 'hello guest 1', cheers: 'cheers guest 1' },
        inBook: { id: '2', name: 'guest 2', hello: 'hello guest 2', cheers: 'cheers guest 2' },
        atBar: { id: '3', name: 'guest 3', hello: 'hello guest 3', cheers: 'cheers guest 3' },
      },
    },
    { name: 'alone', query: '{ atBar { cheers } }', data: { atBar: { cheers: 'cheers guest 3' } } },
    { name: 'alone, from another', query: '{ atInn { cheers } }', data: { atInn: { cheers: 'cheers guest 1' } } },
  ],
};
