/** Languages whose names of months are known. Earlier ones win where two languages share a name. */
export const LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'pl',
  'ru',
  'tr',
  'el',
  'sv',
  'da',
  'nb',
  'cs',
  'uk',
  'ro',
  'hu',
  'id',
  'ca',
  'de-AT',
  'en-AU',
  'fr-CA',
  'es-MX',
  'pt-PT',
] as const;

/** Names as ICU writes them, which is where Google's pages have them from; alone and within a date, short and long. */
const FORMS: readonly Intl.DateTimeFormatOptions[] = [
  { month: 'short' },
  { month: 'long' },
  { month: 'short', day: 'numeric', year: 'numeric' },
  { month: 'long', day: 'numeric', year: 'numeric' },
];

const MONTHS: ReadonlyMap<string, number> = allNames();

/** The month (1 to 12) that a word names in one of the languages, or null. */
export function monthOf(word: string): number | null {
  return MONTHS.get(bare(word)) ?? null;
}

/** The names of the months of one language, from January on: each month may have several. */
export function monthNames(language: string): string[][] {
  return Array.from({ length: 12 }, (_, month) => {
    const date = new Date(Date.UTC(2024, month, 15));
    const names = FORMS.flatMap((form) =>
      new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' })
        .formatToParts(date)
        .filter(({ type }) => type === 'month')
        .map(({ value }) => bare(value)),
    );
    return [...new Set(names)].filter((name) => !/^\d*$/.test(name));
  });
}

/** Case, accents and full stops make no difference. */
function bare(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}.]/gu, '');
}

function allNames(): Map<string, number> {
  const months = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const [index, names] of monthNames(language).entries()) {
      for (const name of names) if (!months.has(name)) months.set(name, index + 1);
    }
  }
  return months;
}
