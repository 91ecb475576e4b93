import { aistudio } from './formats/aistudio/reader.ts';
import { chatgpt } from './formats/chatgpt/reader.ts';
import { claude } from './formats/claude/reader.ts';
import { colloquy } from './formats/colloquy/reader.ts';
import type { FormatReader } from './formats/reader.ts';

/** Every format that can be read. A further one is a reader of its own, added here. */
export const FORMATS: readonly FormatReader[] = [chatgpt, claude, aistudio, colloquy];

/** Labels of the formats, by platform, in the order of the registry. */
export function supportedFormats(): { platform: string; formats: string[] }[] {
  const platforms = Map.groupBy(FORMATS, ({ platform }) => platform);
  return [...platforms].map(([platform, readers]) => ({ platform, formats: readers.map(({ label }) => label) }));
}
