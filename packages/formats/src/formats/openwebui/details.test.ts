import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutDetails } from './details.ts';

const REASONING =
  '<details type="reasoning" done="true" duration="3">\n<summary>Thought for 3 seconds</summary>\n&gt; Let me\n&gt; see &amp; count.\n</details>\n';
const CALL =
  '<details type="tool_calls" done="true" id="c1" name="get_weather" arguments="{&quot;city&quot;:&quot;Oslo&quot;}" result="&quot;rain&quot;">\n<summary>Tool Executed</summary>\n</details>\n';

describe('the blocks of an answer', () => {
  test('are taken out of its text', () => {
    expect(cutDetails(`${REASONING}Take ${CALL}a coat.`)).toEqual({
      text: 'Take \na coat.',
      blocks: [
        { kind: 'reasoning', attributes: {}, text: 'Let me\nsee & count.' },
        { kind: 'tool_calls', attributes: { id: 'c1', name: 'get_weather' }, text: '' },
      ],
    });
  });

  test.each([
    'No block at all. ',
    '<details><summary>More</summary>of the model itself</details>',
    '<details type="reasoning" done="false">never ends',
    '<details',
  ])('%j stays as it is', (content) => {
    expect(cutDetails(content)).toEqual({ text: content, blocks: [] });
  });

  test('a block behind details of the model itself is found', () => {
    const { text, blocks } = cutDetails(`<details>own</details>${REASONING}`);
    expect([text, blocks.length]).toEqual(['<details>own</details>', 1]);
  });

  test('lose no words around them', () => {
    const words = fc.string().filter((text) => !text.includes('<'));
    fc.assert(
      fc.property(words, words, (before, after) => {
        const { text, blocks } = cutDetails(before + REASONING + after);
        expect([text, blocks.length]).toEqual([`${before}\n${after}`.trim(), 1]);
      }),
    );
  });

  test('that never end are looked at once, however many', () => {
    const content = '<details type="reasoning">'.repeat(100_000);
    expect(cutDetails(content)).toEqual({ text: content, blocks: [] });
  });
});
