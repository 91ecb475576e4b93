import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readableMrkdwn } from './mrkdwn.ts';

const names = {
  user: (id: string) => (id === 'U1' ? 'Ann' : null),
  channel: (id: string) => (id === 'C1' ? 'general' : null),
};

test.each([
  ['<@U1>: hi', '@Ann: hi'],
  ['<@U1|old.handle>', '@Ann'],
  ['<@U2|bob> and <@U3>', '@bob and @U3'],
  ['<#C1|renamed> <#C1> <#C1|> <#C2>', '#renamed #general #general #C2'],
  ['<https://x.org>', 'https://x.org'],
  ['<https://x.org/?a=1&amp;b=2|a &lt; b>', 'a < b (https://x.org/?a=1&b=2)'],
  ['<http://x.org|x.org> <http://x.org/|x.org>', 'x.org x.org'],
  ['<mailto:ann@x.org|ann@x.org>', 'ann@x.org'],
  ['<!here> <!channel> <!everyone|everyone>', '@here @channel @everyone'],
  ['<!subteam^S1|@team> <!subteam^S2>', '@team @S2'],
  ['<!date^1700000000^{date}|14 Nov>', '14 Nov'],
  ['&amp;lt; &lt;b&gt; &quot;', '&lt; <b> &quot;'],
  ['a < b, *bold* :tada: <>', 'a < b, *bold* :tada: <>'],
  ['`&lt;@U1&gt;`', '`<@U1>`'],
])('%j reads %j', (text, readable) => expect(readableMrkdwn(text, names)).toBe(readable));

test('text without markup stays as it is, and nothing throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const readable = readableMrkdwn(text, names);
      if (!/[<&]/.test(text)) expect(readable).toBe(text);
    }),
  );
});
