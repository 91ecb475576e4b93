import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { htmlToText, plainText } from './text.ts';

describe('HTML becomes text', () => {
  test.each([
    ['<p>One  \n word.</p><p>Two.</p>', 'One word.\n\nTwo.'],
    ['One<br>Two<br/><br>Three', 'One\nTwo\n\nThree'],
    ['<h2>Head</h2><p>A <strong>b</strong> <em>c</em>.</p><hr><p>d</p>', '## Head\n\nA b c.\n\n---\n\nd'],
    ['<ul><li>a</li><li><p>b</p><p>c</p></li></ul><p>d</p>', '- a\n- b\n  c\n\nd'],
    ['<ol><li>a<ul><li>x</li><li>y</li></ul></li><li>b</li></ol>', '1. a\n  - x\n  - y\n2. b'],
    [
      '<p>Run <code>ls &lt;dir&gt;</code>, then:</p><pre><code>a\n  b &amp;&amp; c\n</code></pre>',
      'Run `ls <dir>`, then:\n\n```\na\n  b && c\n```',
    ],
    [
      '<p>See <a href="https://a.example/x?y=1&amp;z=2">the page</a>.</p>',
      'See the page (https://a.example/x?y=1&z=2).',
    ],
    ['<a href="https://a.example">https://a.example</a> <a href="javascript:x">no</a>', 'https://a.example no'],
    [
      '<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><p>2</p></td></tr></table>',
      '| A | B |\n| --- | --- |\n| 1 | 2 |',
    ],
    ['<blockquote><p>a</p><p>b</p></blockquote><p>c</p>', '> a\n> \n> b\n\nc'],
    ['<p>a</p><img src="x.png" alt="A tree"><img src="data:image/png;base64,AAAA">', 'a\n\n[image: A tree][image]'],
    ['<style>p{}</style><!-- note --><script>alert(1)</script><p>seen</p>', 'seen'],
    ['a < b && c > d, 1<2', 'a < b && c > d, 1<2'],
    ['&nbsp;&eacute;&#233;&#xE9;&#0;&#xD800;&unknown;', '&eacute;éé&#0;&#xD800;&unknown;'],
    ['<p>unclosed <b>tags<ul><li>x', 'unclosed tags\n- x'],
    ['', ''],
  ])('%s', (html, text) => {
    expect(htmlToText(html)).toBe(text.replace('> \n', '>\n'));
  });

  test('of any shape without a fault, and without losing words', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'p ul ol li pre code a table tr td h1 blockquote br'.split(' ').flatMap((n) => [`<${n}>`, `</${n}>`]),
      ),
      fc.constantFrom('word1 ', 'word2', '<', '>', '"', '<a href="', '&amp;', '<!--', '\n'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const html = pieces.join('');
        expect(typeof htmlToText(html)).toBe('string');
        expect(htmlToText(`<p>first</p>${html}`)).toContain('first');
      }),
    );
  });

  test('in linear time', () => {
    for (const unit of [
      '<',
      '<a href="',
      '<!--',
      '</div>',
      '<ul><li>',
      '<blockquote>',
      '&',
      '<a href="http://x">w',
      '<div class="',
    ]) {
      const started = performance.now();
      htmlToText(unit.repeat(20_000));
      expect(performance.now() - started).toBeLessThan(3000);
    }
  });
});

test('plain text keeps white space and knows no marks', () => {
  expect(plainText('Prompted&nbsp;<a href="x">a\n b</a><b>c</b>')).toBe('Prompted\u00a0a\n bc');
});
