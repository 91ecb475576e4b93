const HOUR = 60;

/** Minutes ahead of UTC, by the abbreviations that ICU writes, in English unless noted. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['Z', 0],
  ['WET', 0],
  ['WEZ', 0],
  ['WEST', HOUR],
  ['WESZ', HOUR],
  ['BST', HOUR],
  ['CET', HOUR],
  ['MEZ', HOUR],
  ['CEST', 2 * HOUR],
  ['MESZ', 2 * HOUR],
  ['SAST', 2 * HOUR],
  ['EET', 2 * HOUR],
  ['OEZ', 2 * HOUR],
  ['EEST', 3 * HOUR],
  ['OESZ', 3 * HOUR],
  ['MSK', 3 * HOUR],
  ['TRT', 3 * HOUR],
  ['EAT', 3 * HOUR],
  ['GST', 4 * HOUR],
  ['PKT', 5 * HOUR],
  ['IST', 5.5 * HOUR],
  ['WIB', 7 * HOUR],
  ['ICT', 7 * HOUR],
  ['HKT', 8 * HOUR],
  ['SGT', 8 * HOUR],
  ['PHT', 8 * HOUR],
  ['AWST', 8 * HOUR],
  ['JST', 9 * HOUR],
  ['KST', 9 * HOUR],
  ['ACST', 9.5 * HOUR],
  ['AEST', 10 * HOUR],
  ['ACDT', 10.5 * HOUR],
  ['AEDT', 11 * HOUR],
  ['NZST', 12 * HOUR],
  ['NZDT', 13 * HOUR],
  ['BRT', -3 * HOUR],
  ['ART', -3 * HOUR],
  ['NDT', -2.5 * HOUR],
  ['NST', -3.5 * HOUR],
  ['ADT', -3 * HOUR],
  ['AST', -4 * HOUR],
  ['EDT', -4 * HOUR],
  ['EST', -5 * HOUR],
  ['CDT', -5 * HOUR],
  ['CST', -6 * HOUR],
  ['MDT', -6 * HOUR],
  ['MST', -7 * HOUR],
  ['PDT', -7 * HOUR],
  ['PST', -8 * HOUR],
  ['AKDT', -8 * HOUR],
  ['AKST', -9 * HOUR],
  ['HST', -10 * HOUR],
  // Russian, Turkish, Czech, French (Canada)
  ['МСК', 3 * HOUR],
  ['TSİ', 3 * HOUR],
  ['SEČ', HOUR],
  ['SELČ', 2 * HOUR],
  ['HAE', -4 * HOUR],
  ['HNE', -5 * HOUR],
  ['HAC', -5 * HOUR],
  ['HNC', -6 * HOUR],
  ['HAR', -6 * HOUR],
  ['HNR', -7 * HOUR],
  ['HAP', -7 * HOUR],
  ['HNP', -8 * HOUR],
]);
const OFFSET = /^(?:GMT|UTC)\s*([+\-\u2212\u2013])\s*(\d{1,2})(?:[:.]?(\d{2}))?$/;
const CHINA = 8 * HOUR;

/** Whether a word is the abbreviation of a zone that is known. */
export function isZone(word: string): boolean {
  return ZONES.has(word);
}

/** Minutes ahead of UTC; null when the zone is not known. CST is China's in a date written in Chinese, else America's. */
export function offsetOf(zone: string, inChinese: boolean): number | null {
  if (zone === 'CST' && inChinese) return CHINA;
  const offset = OFFSET.exec(zone);
  if (offset === null) return ZONES.get(zone) ?? null;
  const minutes = Number(offset[2]) * HOUR + Number(offset[3] ?? 0);
  return offset[1] === '+' ? minutes : -minutes;
}
