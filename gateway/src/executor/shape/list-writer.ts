import { findNulls, NULL, type Place, type ReportNull, type Writer, type Writing } from './writer.ts';

export class ListWriter implements Writer {
  readonly #item: Place;
  readonly #writing: Writing;
  constructor(item: Place, writing: Writing) {
    this.#item = item;
    this.#writing = writing;
  }
  append(before: string, value: unknown): string | undefined {
    if (!Array.isArray(value)) return undefined;
    const { writer, nonNull } = this.#item;
    let text = `${before}[`;
    for (let index = 0; index < value.length; index++) {
      if (index > 0) text += ',';
      const written = writer.append(text, value[index]);
      if (written === undefined && nonNull !== undefined) {
        this.#writing.nulls++;
        return undefined;
      }
      text = written ?? text + NULL;
    }
    return `${text}]`;
  }
  findNulls(value: unknown, path: (string | number)[], report: ReportNull): void {
    if (!Array.isArray(value)) return;
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      findNulls(this.#item, value[index], path, report);
      path.pop();
    }
  }
}
