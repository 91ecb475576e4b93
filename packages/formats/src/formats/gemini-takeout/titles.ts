/** A record's title, taken apart: a verb in the language of the account, and the words of the person. */
export interface TitleParts {
  /** Said by the person, something else the person did, or a verb that is not known. */
  kind: 'speech' | 'activity' | 'unknown';
  /** The verb as the export writes it; null when it is not known. */
  verb: string | null;
  /** The title without the verb; the whole title when the verb is not known. */
  text: string;
}

/** Verbs that a space alone parts from the words of the person. */
const SPEECH_VERBS = [
  'Prompted with',
  'Prompted',
  'Branched',
  'Answered',
  'Asked Gemini',
  'Asked Bard',
  'Asked',
  'Said',
  'Submitted query',
  'Query submitted',
  // German, French, Spanish, Italian, Portuguese, Dutch, Polish
  'Gefragt',
  'Requête envoyée',
  'Hiciste la petición',
  'Preguntaste',
  'Hai chiesto',
  'Você perguntou',
  'Je vroeg',
  // Russian, Greek, Korean (of branched conversations; its other titles have no verb)
  'Вы спросили',
  'Υποβλήθηκε το ερώτημα',
  '분기된',
];

/** Labels that a colon must follow: without it they are words that anybody may begin a sentence with. */
const SPEECH_LABELS = [
  'Eingegebener Prompt',
  'Prompt',
  'Vous avez dit',
  'Demande',
  'Has dicho',
  'Preguntado',
  'Instrucción',
  'Hai detto',
  'Prompt inserito',
  'Prompt inviato',
  'Prompt enviado',
  'Comando enviado',
  'Você disse',
  'Ingevoerde prompt',
  'Je zei',
  'Wpisany prompt',
  'Wprowadzony prompt',
  '送信したメッセージ',
  '送信したプロンプト',
  'プロンプト',
  '입력한 프롬프트',
  '프롬프트',
  '已提示',
  '提示',
  '提示词',
  '输入的提示',
  '提示詞',
  '輸入的提示',
  'Введенный запрос',
  'Введённый запрос',
  'Запрос',
  'Промпт',
];

/** Turkish has its verb at the end. */
const SPEECH_ENDINGS = ['sorgusuna yanıt istendi'];

/** What a person does in Gemini without saying anything; known in English only, see docs/formats/gemini-takeout.md. */
const OTHER_VERBS = [
  'Added',
  'Created',
  'Deleted',
  'Edited',
  'Exported',
  'Gave',
  'Listened',
  'Opened',
  'Pinned',
  'Renamed',
  'Selected',
  'Shared',
  'Updated',
  'Used',
  'Viewed',
  'Visited',
];

// 已提示 is the only verb in Chinese that was seen without a colon.
const SPEECH = startingWith([...SPEECH_VERBS, '已提示'], '(?:\\s*[:：]\\s*|\\s+|$)');
const LABELLED = startingWith(SPEECH_LABELS, '\\s*[:：]\\s*');
const ENDED = new RegExp(`(?:^|\\s)(${SPEECH_ENDINGS.join('|')})\\s*$`, 'u');
const OTHER = startingWith(OTHER_VERBS, '(?:\\s|$)');

function startingWith(words: readonly string[], separator: string): RegExp {
  const longestFirst = words.toSorted((a, b) => b.length - a.length).map((word) => word.replaceAll(' ', '\\s+'));
  return new RegExp(`^\\s*(${longestFirst.join('|')})${separator}`, 'u');
}

/** Takes a title apart; the no-break spaces of the HTML export count as spaces. */
export function splitTitle(title: string): TitleParts {
  const composed = title.normalize('NFC');
  const speech = LABELLED.exec(composed) ?? SPEECH.exec(composed);
  if (speech) return { kind: 'speech', verb: verbOf(speech), text: composed.slice(speech[0].length).trim() };
  const ended = ENDED.exec(composed);
  if (ended) return { kind: 'speech', verb: verbOf(ended), text: composed.slice(0, ended.index).trim() };
  const other = OTHER.exec(composed);
  if (other) return { kind: 'activity', verb: verbOf(other), text: composed.trim() };
  return { kind: 'unknown', verb: null, text: composed.trim() };
}

function verbOf(found: RegExpExecArray): string {
  return (found[1] ?? '').replace(/\s+/gu, ' ');
}
