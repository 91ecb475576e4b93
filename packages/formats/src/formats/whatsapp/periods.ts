export type Period = 'am' | 'pm' | 'noon';

const PERIODS: Readonly<Record<Period, string>> = {
  am: `am a fm dop de sa öö pg πμ дп проб ap pd vm
    上午 凌晨 清晨 早上 午前 오전 ص قظ قبلازظهر पूर्वाह्न לפנה״צ לפנהצ ก่อนเที่ยง`,
  pm: `pm p em odp du ch ös ptg μμ пп слоб ip md nm
    下午 晚上 午後 오후 م بظ بعدازظهر अपराह्न אחה״צ אחהצ หลังเที่ยง`,
  noon: '中午',
};

const PERIOD_OF: ReadonlyMap<string, Period> = new Map(
  (['am', 'pm', 'noon'] as const).flatMap((period) => PERIODS[period].split(/\s+/).map((word) => [word, period])),
);

/** The half of the day that a word beside a time names, in any of the languages known; null for another word. */
export function periodOf(word: string): Period | null {
  return PERIOD_OF.get(word.toLowerCase().replace(/[.\s\p{Cf}]/gu, '')) ?? null;
}

/** An hour of a 12-hour clock as one of 0..23. */
export function hourOfDay(hour: number, period: Period | null): number {
  if (period === null || hour > 12) return hour;
  if (period === 'noon') return hour < 6 ? hour + 12 : hour;
  return (hour % 12) + (period === 'pm' ? 12 : 0);
}
