import { describe, expect, test } from '@jest/globals';
import { readAll, readOne } from '../../testing/read-all.ts';
import { aistudioPrompt } from '../../testing/samples.ts';
import { zipOf } from '../../testing/write-zip.ts';

const user = (text: string, more: object = {}) => ({ role: 'user', text, ...more });
const model = (text: string, more: object = {}) => ({ role: 'model', text, ...more });

describe('an AI Studio prompt', () => {
  test('is a chain of chunks below its system instruction', async () => {
    const prompt = aistudioPrompt(
      [user('Why is the sky blue?'), model('Scattering comes to mind.', { isThought: true }), model('Light scatters.')],
      {
        systemInstruction: { parts: [{ text: 'Be ' }, { text: 'brief.' }] },
      },
    );
    const conversation = await readOne(prompt);
    expect(
      conversation.messages.map(({ externalId, parentExternalId, role, hidden, text }) => [
        externalId,
        parentExternalId,
        role,
        hidden,
        text,
      ]),
    ).toEqual([
      ['systemInstruction', null, 'SYSTEM', true, 'Be brief.'],
      ['chunk:0', 'systemInstruction', 'USER', false, 'Why is the sky blue?'],
      ['chunk:1', 'chunk:0', 'ASSISTANT', true, 'Scattering comes to mind.'],
      ['chunk:2', 'chunk:1', 'ASSISTANT', false, 'Light scatters.'],
    ]);
    expect(conversation).toMatchObject({
      platform: 'gemini',
      externalId: expect.stringMatching(/^content:[0-9a-f]{64}$/),
      model: 'models/gemini-3-pro',
      metadata: { runSettings: { model: 'models/gemini-3-pro', temperature: 1 } },
      issues: [],
    });
    expect(conversation.messages.map((message) => message.model)).toEqual([
      null,
      null,
      'models/gemini-3-pro',
      'models/gemini-3-pro',
    ]);
    expect(JSON.parse(conversation.raw).chunkedPrompt).toEqual({ chunks: [] });
  });

  test('branches inside the prompt are branches of the tree; those into other prompts are not', async () => {
    const conversation = await readOne(
      aistudioPrompt([
        user('Q', { id: 'q' }),
        model('A', {
          id: 'a',
          branchParent: { id: 'q' },
          branchChildren: [{ promptId: 'elsewhere', displayName: 'Branch' }],
        }),
        model('B', { id: 'b', branchParent: { id: 'q' }, branchChildren: [{ id: 'd' }] }),
        model('C', { id: 'c' }),
        user('D', { id: 'd' }),
      ]),
    );
    expect(
      Object.fromEntries(
        conversation.messages.map(({ externalId, parentExternalId }) => [externalId, parentExternalId]),
      ),
    ).toEqual({
      q: null,
      a: 'q',
      b: 'q',
      c: 'b',
      d: 'b',
    });
    expect(
      conversation.messages.filter(({ onActivePath }) => onActivePath).map(({ externalId }) => externalId),
    ).toEqual(['q', 'b', 'd']);
  });

  test.each([
    [model('', { parts: [{ text: 'a' }, { text: 'b' }, { text: 'thought', thought: true }] }), 'ab', 'text'],
    [{ role: 'model', executableCode: { language: 'PYTHON', code: 'print(1)' } }, 'print(1)', 'executable_code'],
    [{ role: 'model', codeExecutionResult: { outcome: 'OK', output: '1' } }, '1', 'code_execution_result'],
    [{ role: 'user', driveDocument: { id: 'doc' } }, '', 'driveDocument'],
    [model(''), '', 'text'],
  ])('a chunk %j says %j', async (chunk, text, contentType) => {
    const conversation = await readOne(aistudioPrompt([chunk]));
    expect(conversation.messages).toMatchObject([{ text, contentType }]);
    expect(conversation.issues).toEqual([]);
  });

  test('is read from a ZIP of prompts, whatever their names', async () => {
    const zip = zipOf({
      'Google AI Studio/Blue sky': JSON.stringify(aistudioPrompt([user('one')])),
      'Google AI Studio/Red sky.json': JSON.stringify(aistudioPrompt([user('two')])),
      'Google AI Studio/photo.png': 'no JSON',
      'Google AI Studio/notes.json': '{"mine": true}',
    });
    const { conversations } = await readAll(zip);
    expect(conversations.map(({ title, messages }) => [title, messages[0]?.text])).toEqual([
      ['Blue sky', 'one'],
      ['Red sky', 'two'],
    ]);
  });

  test('keeps tokens, sources, files and drafts', async () => {
    const grounding = {
      webSearchQueries: ['sky'],
      groundingSources: [{ referenceNumber: 1, uri: 'https://example.org' }],
    };
    const conversation = await readOne(
      aistudioPrompt([
        user('', { driveImage: { id: 'd', bytes: 'QUJD' } }),
        model('Blue.', { tokenCount: 3, grounding, parts: [{ inlineData: { mimeType: 'image/png', data: 'QUJD' } }] }),
      ]),
    );
    expect(conversation.messages.map(({ metadata }) => metadata)).toEqual([
      { driveImage: { id: 'd' } },
      { tokenCount: 3, grounding, inlineTypes: ['image/png'] },
    ]);
    expect(
      conversation.messages.map(({ attachments }) =>
        attachments.map(({ externalId, mediaType, byteSize, open }) => [
          externalId,
          mediaType,
          byteSize,
          open !== null,
        ]),
      ),
    ).toEqual([[['d', null, null, false]], [['parts[0].inlineData', 'image/png', 3, true]]]);
    const pendingInputs = [
      { role: 'user', text: '' },
      { role: 'user', text: 'And at night?', tokenCount: 4 },
    ];
    const drafted = await readOne(
      aistudioPrompt([user('Q')], { pendingInputs, citations: [{ uri: 'https://example.org' }] }),
    );
    expect(drafted.metadata).toMatchObject({
      citations: [{ uri: 'https://example.org' }],
      pendingInputs: [{ role: 'user', text: 'And at night?', tokenCount: 4 }],
    });
    expect(drafted.messages).toHaveLength(1);
  });
});
