/** A whole number with thousands separators. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A count with its noun: `1 item`, `1,204 items`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** Bytes in the unit that a person would choose, such as `12.4 MB`. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = value < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${power === 0 ? scaled : scaled.toFixed(1)} ${units[power]}`;
}

/** Seconds as `0:35`, `12:04` or `1:02:03`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const tail = `${hours ? String(minutes).padStart(2, '0') : minutes}:${String(rest).padStart(2, '0')}`;
  return hours ? `${hours}:${tail}` : tail;
}

/** A share of 0..1 in whole percent; 100 % is kept for what is really complete. */
export function percent(fraction: number): string {
  const clamped = Math.min(1, Math.max(0, fraction));
  return `${clamped === 1 ? 100 : Math.min(99, Math.floor(clamped * 100))} %`;
}

/** The day of an RFC 3339 time, or a dash. */
export function day(time: string | null): string {
  return time?.slice(0, 10) ?? '-';
}

/** A path cut to `length` characters at its beginning, which says less than its end. */
export function clipPath(path: string, length: number): string {
  const characters = [...path.replace(/\s/g, ' ')];
  return characters.length <= length ? characters.join('') : `…${characters.slice(1 - length).join('')}`;
}

/** A text on one line, cut to `length` characters with an ellipsis. */
export function clip(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= length ? line : `${characters.slice(0, Math.max(0, length - 1)).join('')}…`;
}
