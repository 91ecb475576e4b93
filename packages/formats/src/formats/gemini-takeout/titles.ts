/** What stands at the start of a record's title, in the language of the account. */
export interface TitleParts {
  /** Said by the person, something else the person did, or a verb that is not known. */
  kind: 'speech' | 'activity' | 'unknown';
  /** The verb as the export writes it; null when it is not known. */
  verb: string | null;
  /** What follows the verb; the whole title when the verb is not known. */
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
  // Russian, Turkish, Greek, Korean (branched)
  'Вы спросили',
  'Sordunuz',
  'Υποβλήθηκε το ερώτημα',
  '분기된',
];

/** Labels that a colon must follow: without it they are words that anybody may begin a sentence with. */
const SPEECH_LABELS = [
  'Eingegebener Prompt',
  'Prompt',
  'Vous avez dit',
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
  'Girilen istem',
  'İstem',
];

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
  const other = OTHER.exec(composed);
  if (other) return { kind: 'activity', verb: verbOf(other), text: composed.trim() };
  return { kind: 'unknown', verb: null, text: composed.trim() };
}

function verbOf(found: RegExpExecArray): string {
  return (found[1] ?? '').replace(/\s+/gu, ' ');
}
