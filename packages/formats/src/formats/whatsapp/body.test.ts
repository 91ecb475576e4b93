import { describe, expect, test } from '@jest/globals';
import { splitSpeech } from './author.ts';
import { type Body, readBody } from './body.ts';

const MARK = '\u200e';
const body = (text: string, files: string[] = []) => readBody(text, new Set(files));
const media = (text: string, metadata: Body['metadata']) => ({ text, contentType: 'media', metadata });

describe('a body', () => {
  test.each([
    ['<Media omitted>'],
    ['<Medien ausgeschlossen>'],
    ['<Multimedia omitido>'],
    ['<Médias omis>'],
    ['<Mídia oculta>'],
    ['<Media omessi>'],
    ['<Media weggelaten>'],
    ['<Без медиафайлов>'],
    ['<Medya dahil edilmedi>'],
    ['<省略多媒体文件>'],
    [`${MARK}image omitted`],
    [`${MARK}Bild weggelassen`],
    [`${MARK}imagen omitida`],
    [`${MARK}image absente`],
    [`${MARK}görüntü dahil edilmedi`],
    ['video omitted'],
  ])('%s is a file that was left out', (text) => {
    expect(body(text)).toEqual(media('', { omitted: true }));
  });

  test.each([
    ['IMG-20210101-WA0001.jpg (file attached)', 'IMG-20210101-WA0001.jpg'],
    [`${MARK}IMG-20210101-WA0001.jpg (in any language)`, 'IMG-20210101-WA0001.jpg'],
    ['plan of beds.pdf (archivo adjunto)', 'plan of beds.pdf'],
    [`${MARK}<attached: 00000012-PHOTO-2021-01-01-10-00-00.jpg>`, '00000012-PHOTO-2021-01-01-10-00-00.jpg'],
    [`${MARK}<pièce jointe : 00000012-plan.pdf>`, '00000012-plan.pdf'],
    ['<adjunto: 00000012-plan.pdf>', '00000012-plan.pdf'],
    ['< attached: 00000012-plan.pdf >', '00000012-plan.pdf'],
    ['<附件：00000012-plan.pdf>', '00000012-plan.pdf'],
  ])('%s is a file that came along', (text, attachment) => {
    expect(body(text)).toEqual(media('', { attachment }));
  });

  test('names a file in any language when the file is there', () => {
    expect(body('plan.pdf (þetta fylgir)')).toMatchObject({ contentType: 'text' });
    expect(body('plan.pdf (þetta fylgir)', ['plan.pdf'])).toEqual(media('', { attachment: 'plan.pdf' }));
  });

  test.each([
    ['IMG-20210101-WA0001.jpg (file attached)\nmy cat\nsleeps', 'my cat\nsleeps'],
    ['<Media omitted>\nmy cat', 'my cat'],
    [`my cat ${MARK}<attached: 00000012-PHOTO-2021.jpg>`, 'my cat'],
    [`plan.pdf • ${MARK}3 pages ${MARK}document omitted`, `plan.pdf • ${MARK}3 pages`],
  ])('%j keeps what was written beside the file', (text, caption) => {
    expect(body(text)).toMatchObject({ text: caption, contentType: 'media' });
  });

  test.each([
    ['This message was deleted'],
    ['You deleted this message.'],
    [`${MARK}Diese Nachricht wurde gelöscht.`],
    ['Se eliminó este mensaje.'],
    ['Ce message a été supprimé'],
    ['Mensagem apagada'],
    ['Данное сообщение удалено'],
  ])('%s is a deleted message', (text) => {
    expect(body(text)).toEqual({ text: text.replace(MARK, ''), contentType: 'deleted', metadata: {} });
  });

  test.each([
    ['ok <This message was edited>', 'ok'],
    [`ok ${MARK}<Diese Nachricht wurde bearbeitet.>`, 'ok'],
    ['two\nlines <Se editó este mensaje.>', 'two\nlines'],
  ])('%j was edited', (text, expected) => {
    expect(body(text)).toEqual({ text: expected, contentType: 'text', metadata: { edited: true } });
  });

  test.each([
    ['a <b> c'],
    ['<hello>'],
    ['if (x < 3 && y > 4) { }'],
    ['see notes.txt (the long one)'],
    ['<b: not a file>'],
    ['<edited: 3 times>'],
    ['This message was deleted by mistake, sorry'],
    ['the image omitted a detail'],
  ])('%s is what somebody typed', (text) => {
    expect(body(text)).toEqual({ text, contentType: 'text', metadata: {} });
  });

  test.each([
    [`${MARK}Ann added you`, 'notice'],
    [`${MARK}Missed voice call`, 'notice'],
    [`${MARK}POLL:\nWhen?\n${MARK}OPTION: May (1 vote)\n${MARK}OPTION: June (0 votes)`, 'poll'],
    [`${MARK}Location: https://maps.google.com/?q=1.5,2.5`, 'location'],
  ])('%j is a %s', (text, contentType) => {
    expect(body(text)).toMatchObject({ contentType });
  });
});

describe('what stands behind a head', () => {
  test.each([
    ['Ann: hi', 'Ann', 'hi'],
    ['Ann: ', 'Ann', ''],
    ['Ann:', 'Ann', ''],
    ['~\u00a0Ann: hi', 'Ann', 'hi'],
    ['\u202a+49 170 1234567\u202c: hi', '+49 170 1234567', 'hi'],
    ['Ann: see https://example.org: it is good', 'Ann', 'see https://example.org: it is good'],
    ['Ann: \u200eimage omitted', 'Ann', '\u200eimage omitted'],
    ['Ann added Bob', null, 'Ann added Bob'],
    ['Ann changed the subject to "Plan: B"', null, 'Ann changed the subject to "Plan: B"'],
    ['Ann hat den Betreff zu „Plan: B“ geändert', null, 'Ann hat den Betreff zu „Plan: B“ geändert'],
    ['Ann left\nnote: x', null, 'Ann left\nnote: x'],
  ])('%j', (rest, author, said) => {
    expect(splitSpeech(rest)).toEqual({ author, body: said });
  });
});
