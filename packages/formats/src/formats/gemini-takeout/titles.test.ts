import { describe, expect, test } from '@jest/globals';
import { splitTitle } from './titles.ts';

describe('a title', () => {
  test.each([
    ['Prompted What is dew?', 'Prompted'],
    ['Prompted\u00a0What is dew?', 'Prompted'],
    ['Asked Gemini: What is dew?', 'Asked Gemini'],
    ['Branched What is dew?', 'Branched'],
    ['Submitted query What is dew?', 'Submitted query'],
    ['Eingegebener Prompt: What is dew?', 'Eingegebener Prompt'],
    ['Prompt\u00a0: What is dew?', 'Prompt'],
    ['Has dicho: What is dew?', 'Has dicho'],
    ['Hiciste la petición What is dew?', 'Hiciste la petición'],
    ['Hai chiesto What is dew?', 'Hai chiesto'],
    ['Prompt enviado: What is dew?', 'Prompt enviado'],
    ['Ingevoerde prompt: What is dew?', 'Ingevoerde prompt'],
    ['Wpisany prompt: What is dew?', 'Wpisany prompt'],
    ['送信したメッセージ: What is dew?', '送信したメッセージ'],
    ['입력한 프롬프트: What is dew?', '입력한 프롬프트'],
    ['已提示 What is dew?', '已提示'],
    ['輸入的提示：What is dew?', '輸入的提示'],
    ['Запрос: What is dew?', 'Запрос'],
    ['What is dew?\u00a0sorgusuna yanıt istendi', 'sorgusuna yanıt istendi'],
    ['Υποβλήθηκε το ερώτημα What is dew?', 'Υποβλήθηκε το ερώτημα'],
  ])('%s is speech', (title, verb) => {
    expect(splitTitle(title)).toEqual({ kind: 'speech', verb, text: 'What is dew?' });
  });

  test.each([
    'Created Gemini Canvas titled Dew',
    'Gave feedback: Good response',
    'Used an Assistant feature',
    'Selected preferred draft',
  ])('%s is something else that was done', (title) => {
    expect(splitTitle(title)).toMatchObject({ kind: 'activity', text: title });
  });

  test('whose verb is not known is kept whole, ordinary words included', () => {
    for (const title of ['Kysyit: What is dew?', 'Prompt engineering is what?', 'Promptedness', '']) {
      expect(splitTitle(title)).toEqual({ kind: 'unknown', verb: null, text: title });
    }
  });

  test('may have a verb alone, and lines', () => {
    expect(splitTitle('Prompted ')).toMatchObject({ kind: 'speech', text: '' });
    expect(splitTitle('Prompted')).toMatchObject({ kind: 'speech', text: '' });
    expect(splitTitle('sorgusuna yanıt istendi')).toMatchObject({ kind: 'speech', text: '' });
    expect(splitTitle('Prompted One\n\nTwo').text).toBe('One\n\nTwo');
  });
});
