import { isPlatform } from '@colloquy/domain';
import { asText, type JsonObject } from '../../json/values.ts';

/** The platform that a line names; one that is not known counts as `colloquy`. */
export function platformOf(line: JsonObject): string {
  const name = asText(line.platform);
  return name !== null && isPlatform(name) ? name : 'colloquy';
}
