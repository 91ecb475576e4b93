/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 up to but not including 1. */
  share(): number;
  /** A whole number from 0 up to but not including `limit`. */
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  /** Whether something happens that happens with this probability. */
  chance(probability: number): boolean;
  /** A normal variable with mean 0 and standard deviation 1. */
  normal(): number;
  /** In the shape of a UUID of version 4. */
  uuid(): string;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The generator sfc32, started from two numbers. */
export function createRandom(seed: number, stream: number): Random {
  let [a, b, c, counter] = [seed | 0, stream | 0, 0x9e3779b9 | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  const share = () => next() / 2 ** 32;
  const below = (limit: number) => Math.floor(share() * limit);
  const hex = (word: number) =>
    `${HEX[word >>> 24]}${HEX[(word >>> 16) & 255]}${HEX[(word >>> 8) & 255]}${HEX[word & 255]}`;
  return {
    share,
    below,
    pick: <T>(from: readonly T[]): T => from[below(from.length)] as T,
    chance: (probability) => share() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share()),
    uuid() {
      const [first, second, third, fourth] = [hex(next()), hex(next()), hex(next()), hex(next())];
      const variant = '89ab'[third.charCodeAt(0) % 4];
      return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-${variant}${third.slice(1, 4)}-${third.slice(4)}${fourth}`;
    },
  };
}
