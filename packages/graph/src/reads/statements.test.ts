import { expect, test } from '@jest/globals';
import { EXTEND } from './dependency-chains.ts';
import { evolutionsStatement } from './evolutions.ts';
import { HUBS } from './hubs.ts';

test.each([
  ['dependency chains', EXTEND],
  ['evolutions', evolutionsStatement(3)],
  ['hubs', HUBS],
])('the statement of %s is the golden one', (_, statement) => {
  expect(statement).toMatchSnapshot();
});
