import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { createAdmission } from './admission.ts';

const from = (remoteAddress: string) => ({ socket: { remoteAddress } }) as IncomingMessage;

test('takes no more connections than allowed, in all and from one address', () => {
  const admission = createAdmission({ connections: 3, connectionsPerAddress: 2 });
  const leave = [from('a'), from('a')].map((request) => admission.enter(request));
  expect([admission.refusal(from('a')), admission.refusal(from('b'))]).toEqual(['tooMany', undefined]);
  admission.enter(from('b'));
  expect([admission.refusal(from('a')), admission.refusal(from('c'))]).toEqual(['full', 'full']);
  // A connection leaves once, however often that is said.
  leave[0]?.();
  leave[0]?.();
  expect([admission.refusal(from('a')), admission.refusal(from('c'))]).toEqual([undefined, undefined]);
  admission.enter(from('c'));
  expect(admission.refusal(from('d'))).toBe('full');
});
