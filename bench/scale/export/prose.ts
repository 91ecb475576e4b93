import type { Random } from './random.ts';
import { LISTS, REMARKS } from './vocabulary.ts';

/** Of sentences. */
const SHARE_OF_REMARKS = 0.02;
const PLACE = /\{(\w)\}|@/g;

/** A name that nobody has, such as `Kamiro`. */
function name(random: Random): string {
  const syllables = LISTS.s ?? [];
  const text = Array.from({ length: 2 + random.below(3) }, () => random.pick(syllables)).join('');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Common words are common: the square of a number below 1 leans towards 0. */
function word(random: Random, list: readonly string[]): string {
  return list[Math.floor(random.share() ** 1.6 * list.length)] ?? '';
}

function sentence(random: Random, forms: readonly string[]): string {
  const form = random.pick(random.chance(SHARE_OF_REMARKS) ? REMARKS : forms);
  return form.replace(PLACE, (_, list: string | undefined) => {
    if (list === undefined) return name(random);
    if (list === 'd') return String(1 + Math.floor(10 ** (random.share() * 4)));
    return word(random, LISTS[list] ?? []);
  });
}

/** Sentences of about `length` characters together, in paragraphs, with a list or a piece of code now and then. */
export function prose(random: Random, forms: readonly string[], length: number): string {
  let text = sentence(random, forms);
  while (text.length < length) {
    const next = sentence(random, forms);
    const turn = random.share();
    if (turn < 0.1) text += `\n\n${next}`;
    else if (turn < 0.16) text += `\n- ${next}`;
    else if (turn < 0.18) text += `\n\n${code(random)}\n\n`;
    else text += ` ${next}`;
  }
  return text;
}

/** Lines of a program in a fenced block. */
function code(random: Random): string {
  return `\`\`\`ts\n${program(random, 2 + random.below(6))}\n\`\`\``;
}

export function program(random: Random, lines: number): string {
  return Array.from({ length: lines }, () => {
    const [first, second, method] = [
      word(random, LISTS.n ?? []),
      word(random, LISTS.n ?? []),
      word(random, LISTS.i ?? []),
    ];
    return random.chance(0.5)
      ? `const ${first}${random.below(100)} = await ${second}.${method}("${random.uuid().slice(0, 8)}", ${random.below(10_000)});`
      : `if (${first}.length > ${random.below(1000)}) return ${second}.${method}(${first});`;
  }).join('\n');
}
