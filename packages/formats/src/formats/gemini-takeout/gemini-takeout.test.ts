import { describe, expect, test } from '@jest/globals';
import { zipOf } from '../../testing/write-zip.ts';
import { readKnown, readOnly, readTakeout } from './testing/read.ts';
import { activity, cell, linkedTo, page } from './testing/samples.ts';

const FIRST = 'aaaaaaaaaaaaaaa1';
const SECOND = 'bbbbbbbbbbbbbbb2';

describe('MyActivity.json', () => {
  test('becomes conversations: a question and its answer per record, oldest first', async () => {
    const conversation = await readOnly([
      activity('Prompted And tea?', '2026-07-20T09:10:00.500Z', '<p>Three <b>minutes</b>.</p>'),
      activity(
        'Prompted How long\nfor an egg?',
        '2026-07-20T09:00:00.250Z',
        '<p>Six minutes:</p><ul><li>boil</li></ul>',
      ),
    ]);
    expect(conversation).toMatchObject({
      platform: 'gemini',
      externalId: expect.stringMatching(/^thread:2026-07-20T09:00:00Z~[0-9a-f]{16}$/),
      title: null,
      url: null,
      createdAt: new Date('2026-07-20T09:00:00.250Z'),
      updatedAt: new Date('2026-07-20T09:10:00.500Z'),
      metadata: { product: 'Gemini Apps', threadInferred: true, threadGapMinutes: 30 },
      issues: [],
    });
    expect(conversation.messages.map(({ role, text, sequence }) => [sequence, role, text])).toEqual([
      [0, 'USER', 'How long\nfor an egg?'],
      [1, 'ASSISTANT', 'Six minutes:\n\n- boil'],
      [2, 'USER', 'And tea?'],
      [3, 'ASSISTANT', 'Three minutes.'],
    ]);
    const [question, answer] = conversation.messages;
    expect(answer).toMatchObject({
      externalId: `${question?.externalId}:answer`,
      parentExternalId: question?.externalId,
      contentType: 'html',
      hidden: false,
      createdAt: new Date('2026-07-20T09:00:00.250Z'),
    });
  });

  test('keeps every byte of a record: the answer beside the rest', async () => {
    const record = activity('Prompted x', '2026-07-20T09:00:00Z', '<p>"y"</p>', { unheard: { of: 1 } });
    const { messages } = await readOnly([record]);
    const [question, answer] = messages.map(({ raw }) => JSON.parse(raw));
    expect({ ...question, safeHtmlItem: [answer] }).toEqual(record);
  });

  test('groups by the links to conversations where there are some', async () => {
    const { conversations } = await readKnown([
      activity('Prompted c', '2026-07-20T12:00:00Z', 'C', linkedTo(FIRST)),
      activity('Prompted b', '2026-07-20T09:01:00Z', 'B', linkedTo(SECOND)),
      activity('Prompted a', '2026-07-20T09:00:00Z', 'A', linkedTo(FIRST)),
    ]);
    expect(
      conversations.map(({ externalId, url, messages }) => [externalId, url, messages.map(({ text }) => text)]),
    ).toEqual([
      [SECOND, `https://gemini.google.com/app/${SECOND}`, ['b', 'B']],
      [FIRST, `https://gemini.google.com/app/${FIRST}`, ['a', 'A', 'c', 'C']],
    ]);
    expect(conversations[0]?.metadata).toEqual({ product: 'Gemini Apps', threadInferred: false });
  });

  test('puts what was said before a branch into each branch', async () => {
    const { conversations } = await readKnown([
      activity('Prompted right', '2026-07-20T09:02:00Z', 'R', linkedTo(SECOND)),
      activity('Prompted left', '2026-07-20T09:01:00Z', 'L', linkedTo(FIRST)),
      activity('Branched start', '2026-07-20T09:00:00Z', 'S', linkedTo(FIRST, SECOND)),
    ]);
    const texts = conversations.map(({ externalId, messages }) => [externalId, messages.map(({ text }) => text)]);
    expect(Object.fromEntries(texts)).toEqual({
      [FIRST]: ['start', 'S', 'left', 'L'],
      [SECOND]: ['start', 'S', 'right', 'R'],
    });
  });

  test('cuts threads without links where nothing was said for more than 30 minutes', async () => {
    const { conversations } = await readKnown([
      activity('Prompted 3', '2026-07-20T10:00:01.000Z'),
      activity('Prompted 2', '2026-07-20T09:30:00.900Z'),
      activity('Prompted 1', '2026-07-20T09:00:00.100Z'),
    ]);
    expect(conversations.map(({ messages }) => messages.map(({ text }) => text)).sort()).toEqual([['1', '2'], ['3']]);
  });

  test('has the same ids when it has grown', async () => {
    const old = [activity('Prompted 1', '2026-07-20T09:00:00Z', 'One')];
    const grown = [activity('Prompted 2', '2026-07-20T09:05:00Z', 'Two'), ...old];
    const [before, after] = [await readOnly(old), await readOnly(grown)];
    expect(after.externalId).toBe(before.externalId);
    expect(after.messages.slice(0, 2)).toEqual(before.messages);
  });

  test('keeps several answers to one question', async () => {
    const answers = { safeHtmlItem: [{ html: '<p>a</p>' }, { html: '<p>b</p>' }] };
    const { messages } = await readOnly([activity('Prompted x', '2026-07-20T09:00:00Z', null, answers)]);
    expect(messages.map(({ text, metadata }) => [text, metadata])).toEqual([
      ['x', {}],
      ['a', { answer: 1, answers: 2 }],
      ['b', { answer: 2, answers: 2 }],
    ]);
  });

  test('keeps files, subtitles and the model', async () => {
    const more = {
      attachedFiles: ['plan-1.pdf', { name: 'b' }],
      imageFile: 'tree.png',
      audioFiles: ['said.ogg'],
      subtitles: [{ name: 'Attached 2 files.' }, { name: 'Model: 3 Pro' }],
    };
    const { messages, model } = await readOnly([activity('Prompted x', '2026-07-20T09:00:00Z', 'y', more)]);
    expect(messages[0]?.metadata).toEqual(more);
    expect([model, messages[1]?.model]).toEqual(['3 Pro', '3 Pro']);
  });

  test('hides what was done without saying anything, and reports it when nothing was said around it', async () => {
    const { conversations, issues, surveyed } = await readKnown([
      activity('Selected preferred draft', '2026-07-20T12:00:00Z'),
      activity('Created Gemini Canvas titled Tea', '2026-07-20T09:01:00Z', '<p>canvas</p>'),
      activity('Prompted tea', '2026-07-20T09:00:00Z'),
    ]);
    expect(
      conversations[0]?.messages.map(({ role, hidden, contentType, text }) => [role, hidden, contentType, text]),
    ).toEqual([
      ['USER', false, 'Prompted', 'tea'],
      ['SYSTEM', true, 'Created', 'Created Gemini Canvas titled Tea'],
      ['ASSISTANT', true, 'html', 'canvas'],
    ]);
    expect(issues).toEqual([
      {
        code: 'NOT_A_CONVERSATION',
        location: '$[0]',
        message: 'Nothing was said in 1 activities, such as "Selected preferred draft".',
      },
    ]);
    expect(surveyed).toBe(2);
  });

  test('in a language whose verbs are not known: speech is what was answered, title and all', async () => {
    const conversation = await readOnly([
      activity('Annettu kehote: teetä?', '2026-07-20T09:02:00Z', 'Joo', {
        header: 'Gemini-sovellukset',
        products: undefined,
      }),
      activity('Luotu Canvas', '2026-07-20T09:01:00Z'),
      activity('Annettu kehote: kahvia?', '2026-07-20T09:00:00Z', 'Ei'),
    ]);
    expect(conversation.messages.map(({ role, text }) => [role, text])).toEqual([
      ['USER', 'Annettu kehote: kahvia?'],
      ['ASSISTANT', 'Ei'],
      ['SYSTEM', 'Luotu Canvas'],
      ['USER', 'Annettu kehote: teetä?'],
      ['ASSISTANT', 'Joo'],
    ]);
    expect(conversation.issues).toEqual([
      {
        code: 'UNKNOWN_CONTENT_TYPE',
        location: '$[2]',
        message: 'The title has no verb that is known; it was taken whole. (2 times)',
      },
    ]);
  });

  test('loses no record to another that is broken', async () => {
    const good = (text: string) => JSON.stringify(activity(`Prompted ${text}`, '2026-07-20T09:00:00Z'));
    const text = `[${good('a')}, 7, {"header": "Gemini Apps", "title": tru}, ${good('b')}]`;
    const { conversations, issues, surveyed } = await readKnown(text);
    expect(conversations[0]?.messages.map((message) => message.text)).toEqual(['b', 'a']);
    expect(issues.map(({ code, location }) => [code, location])).toEqual([
      ['NOT_A_CONVERSATION', '$[1]'],
      ['INVALID_RECORD', '$[2]'],
    ]);
    expect(surveyed).toBe(3);
  });

  test('keeps records whose time or answers are odd', async () => {
    const odd = activity('Prompted a', 'yesterday', null, { safeHtmlItem: [7, 'plain', { html: 'c' }] });
    const none = activity('Prompted b', '2026-07-20T09:00:00Z', null, { safeHtmlItem: 'text' });
    const { messages, issues } = await readOnly([none, odd]);
    expect(messages.map(({ text }) => text)).toEqual(['a', '', 'plain', 'c', 'b']);
    expect(messages[0]).toMatchObject({ createdAt: null, externalId: expect.stringMatching(/^undated~/) });
    expect(issues.map(({ code, location }) => [code, location])).toEqual([
      ['INVALID_TIMESTAMP', '$[1].time'],
      ['INVALID_CONTENT', '$[1].safeHtmlItem[0]'],
      ['INVALID_CONTENT', '$[0].safeHtmlItem'],
    ]);
  });

  test('leaves out other products, and says so once', async () => {
    const other = { header: 'Search', products: ['Search'] };
    const { conversations, issues, surveyed } = await readKnown([
      activity('Searched for gemini', '2026-07-20T09:03:00Z', null, other),
      activity('Visited Gemini', '2026-07-20T09:02:00Z', null, { header: 'gemini.google.com', products: ['Chrome'] }),
      activity('Prompted x', '2026-07-20T09:00:00Z'),
    ]);
    expect(conversations).toHaveLength(1);
    expect(issues).toEqual([
      {
        code: 'NOT_A_CONVERSATION',
        location: '$[0]',
        message: '2 activities of other products were left out, such as those of "Search", "Chrome".',
      },
    ]);
    expect(surveyed).toBe(2);
  });

  test('with a record twice keeps one; equal words in one second are two', async () => {
    const record = activity('Prompted x', '2026-07-20T09:00:00.100Z', 'y');
    const { messages, issues } = await readOnly([record, { ...record, time: '2026-07-20T09:00:00.900Z' }, record]);
    expect(messages.map(({ externalId }) => externalId.replace(/^.*~[0-9a-f]{16}/, ''))).toEqual([
      '',
      ':answer',
      '~2',
      '~2:answer',
    ]);
    expect(issues.map(({ code }) => code)).toEqual(['DUPLICATE_MESSAGE_ID']);
  });
});

describe('MyActivity.html', () => {
  const pdt = (prompt: string, minute: string, answer: string) =>
    cell(`Prompted&nbsp;${prompt}<br>Jul 20, 2026, 9:${minute}:05\u202fAM PDT<br>${answer}`);

  test('gives what MyActivity.json gives, ids included', async () => {
    const fromPage = await readOnly(
      page(pdt('And &lt;tea&gt;?', '10', '<p>Three.</p>'), pdt('Egg?', '00', '<p>Six.</p>')),
    );
    const fromJson = await readOnly([
      activity('Prompted And <tea>?', '2026-07-20T16:10:05.321Z', '<p>Three.</p>'),
      activity('Prompted Egg?', '2026-07-20T16:00:05.999Z', '<p>Six.</p>'),
    ]);
    const shown = ({ externalId, messages }: typeof fromPage) => [
      externalId,
      messages.map((message) => [message.externalId, message.parentExternalId, message.role, message.text]),
    ];
    expect(shown(fromPage)).toEqual(shown(fromJson));
    expect(fromPage.issues).toEqual([]);
    expect(fromPage.createdAt).toEqual(new Date('2026-07-20T16:00:05Z'));
  });

  test('keeps the source of a record: the answer beside the rest', async () => {
    const source = pdt('x', '00', '<div><p>y</p></div>');
    const { messages } = await readOnly(source);
    const [question, answer] = messages.map(({ raw }) => JSON.parse(raw).html);
    expect(answer).toBe('<div><p>y</p></div>');
    expect(question).toBe(source.replace(answer, ''));
  });

  test('parts the question from what was attached', async () => {
    const files = 'Attached 2 files.<br>-&nbsp;<a href="a-1.pdf">a.pdf</a><br>-&nbsp;<a href="b%201.png">b.png</a><br>';
    const { messages } = await readOnly(cell(`Prompted&nbsp;One<br>two<br>${files}Jul 20, 2026, 9:00:05 AM PDT<br>ok`));
    expect(messages.map(({ text }) => text)).toEqual(['One\ntwo', 'ok']);
    expect(messages[0]?.metadata).toEqual({
      subtitles: [
        { name: 'Attached 2 files.' },
        { name: '- a.pdf', url: 'a-1.pdf' },
        { name: '- b.png', url: 'b%201.png' },
      ],
      attachedFiles: ['a-1.pdf', 'b%201.png'],
    });
  });

  test('in another language, with links to conversations', async () => {
    const link = `<b>Details:</b><br>&emsp;<a href="https://gemini.google.com/app/${FIRST}">Unterhaltung</a><br>`;
    const record = cell('Eingegebener Prompt: Tee?<br>18.04.2026, 17:38:51 MESZ<br><p>Drei Minuten.</p>', {
      header: 'Gemini-Apps',
      details: link,
    });
    const conversation = await readOnly(page(record));
    expect(conversation).toMatchObject({ externalId: FIRST, createdAt: new Date('2026-04-18T15:38:51Z'), issues: [] });
    expect(conversation.messages.map(({ text }) => text)).toEqual(['Tee?', 'Drei Minuten.']);
  });

  test('with the verb at the end', async () => {
    const files = '1 dosya eklendi.<br>- <a href="plan-1.pdf">plan.pdf</a><br>';
    const record = cell(
      `Çay&nbsp;sorgusuna yanıt istendi<br>${files}26 Ağu 2026 01:19:38 GMT+03:00<br><p>Üç dakika.</p>`,
    );
    const { messages } = await readOnly(page(record));
    expect(messages.map(({ text, createdAt }) => [text, createdAt?.toISOString()])).toEqual([
      ['Çay', '2026-08-25T22:19:38.000Z'],
      ['Üç dakika.', '2026-08-25T22:19:38.000Z'],
    ]);
    expect(messages[0]?.metadata).toMatchObject({ attachedFiles: ['plan-1.pdf'] });
  });

  test('takes no link from an answer', async () => {
    const answer = `<a href="https://gemini.google.com/app/${FIRST}">see</a>`;
    expect((await readOnly(page(pdt('x', '00', answer)))).metadata).toMatchObject({ threadInferred: true });
  });

  test('without a time that can be read keeps the record and says so', async () => {
    const conversation = await readOnly(page(cell('Prompted&nbsp;x<br>some day<br><p>y</p>')));
    expect(conversation.messages.map(({ text }) => text)).toEqual(['x\nsome day', 'y']);
    expect(conversation.issues.map(({ code }) => code)).toEqual(['INVALID_TIMESTAMP']);
    const unknown = await readOnly(page(cell('Prompted&nbsp;x<br>Jul 20, 2026, 9:00:05 AM XYZT<br><p>y</p>')));
    expect(unknown.issues).toMatchObject([{ code: 'INVALID_TIMESTAMP', message: expect.stringContaining('"XYZT"') }]);
  });

  test('reports a record without its parts', async () => {
    const broken = '<div class="outer-cell"><div class="header-cell">Gemini Apps</div></div>';
    const { conversations, issues, surveyed } = await readKnown(page(broken, pdt('x', '00', 'y')));
    expect([conversations.length, surveyed]).toEqual([1, 2]);
    expect(issues).toMatchObject([{ code: 'INVALID_RECORD', location: '$[0]' }]);
  });
});

describe('an archive', () => {
  const json = JSON.stringify([activity('Prompted x', '2026-07-20T16:00:05.123Z', '<p>y</p>')]);
  const html = page(cell('Prompted&nbsp;x<br>Jul 20, 2026, 9:00:05 AM PDT<br><p>y</p>'));
  const search = JSON.stringify([
    activity('Searched for gemini', '2026-07-20T09:00:00Z', null, { header: 'Search', products: ['Search'] }),
  ]);

  test('with translated names is recognised by what is in it', async () => {
    const files = {
      'Takeout/내 활동/Gemini 앱/내활동.json': json,
      'Takeout/내 활동/검색/내활동.json': search,
      'a/photo.png': 'png',
    };
    const { conversations, issues } = await readKnown(zipOf(files));
    expect([conversations.length, issues]).toEqual([1, []]);
  });

  test('with both forms of a record has it once', async () => {
    const { conversations } = await readKnown(zipOf({ 'a/MyActivity.html': html, 'b/MyActivity.json': json }));
    expect(conversations).toHaveLength(1);
    expect(conversations[0]?.messages).toHaveLength(2);
    expect(conversations[0]?.messages[0]?.createdAt).toEqual(new Date('2026-07-20T16:00:05.123Z'));
    expect(conversations[0]?.issues.map(({ code }) => code)).toEqual(['DUPLICATE_MESSAGE_ID']);
  });

  test.each([
    ['activity of other products', search],
    [
      'a page of another product',
      page(cell('Watched Gemini Apps<br>Jul 20, 2026, 9:00:05 AM PDT<br>', { header: 'YouTube' })),
    ],
    ['another page', '<html><body><p>Gemini Apps</p></body></html>'],
    ['other JSON', '[{"title": "Gemini Apps"}]'],
    ['a text', 'Gemini Apps'],
    ['an empty list', '[]'],
  ])('of %s is not recognised', async (_, content) => {
    expect(await readTakeout(content)).toBeNull();
  });

  test('is found to be one behind records of another product', async () => {
    const others = Array.from({ length: 2000 }, () =>
      activity('Searched', '2026-07-21T09:00:00Z', null, { products: ['Search'] }),
    );
    const { conversations } = await readKnown([...others, activity('Prompted x', '2026-07-20T09:00:00Z')]);
    expect(conversations).toHaveLength(1);
  });
});

describe('limits', () => {
  const records = [
    activity('Prompted long', '2026-07-20T12:00:00Z', 'x'.repeat(3000)),
    activity('Prompted short', '2026-07-20T09:00:00Z', 'y'),
  ];

  test('cost what is beyond them', async () => {
    const result = await readTakeout(records, { maxRecordBytes: 1000 });
    expect(result?.conversations).toHaveLength(1);
    expect(result?.issues).toMatchObject([{ code: 'RECORD_TOO_LARGE', location: '$[0]' }]);
    expect(result?.surveyed).toBe(2);
  });

  test('cost a conversation whose records are too large together', async () => {
    const linked = records.map((record) => ({ ...record, ...linkedTo(FIRST) }));
    const result = await readTakeout([...linked, activity('Prompted z', '2026-07-20T08:00:00Z')], {
      maxRecordBytes: 3500,
    });
    expect(result?.conversations).toHaveLength(1);
    expect(result?.issues).toMatchObject([{ code: 'RECORD_TOO_LARGE', location: 'activities[1]' }]);
  });

  test('beyond which everything lies refuse the archive', async () => {
    await expect(readTakeout(records, { maxRecordBytes: 50 })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED_RECORD' });
    await expect(readTakeout('[{"header":"Gemini Apps","title":"a","time":"b","c":tru}]')).rejects.toMatchObject({
      code: 'INVALID_JSON',
    });
  });
});
