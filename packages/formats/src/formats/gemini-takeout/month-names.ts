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

// Made when first asked for: ICU loads the data of every language, tens of megabytes that most imports do without.
let months: ReadonlyMap<string, number> | undefined;

/** The month (1 to 12) that a word names in one of the languages, or null. */
export function monthOf(word: string): number | null {
  months ??= allNames();
  return months.get(bare(word)) ?? null;
}

/** The names of the months of one language, from January on: each month may have several. */
export function monthNames(language: string): string[][] {
  const formats = FORMS.map((form) => new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' }));
  return Array.from({ length: 12 }, (_, month) => {
    const date = new Date(Date.UTC(2024, month, 15));
    const names = formats.flatMap((format) =>
      format
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
  const found = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const [index, names] of monthNames(language).entries()) {
      for (const name of names) if (!found.has(name)) found.set(name, index + 1);
    }
  }
  return found;
}
