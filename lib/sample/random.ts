/** Numbers that look random and are a function of the seed alone. */
export interface Random {
  /** Uniform in (0, 1): never 0, so that its logarithm exists. */
  uniform(): number;
  /** Uniform among 0, 1 … count − 1. */
  below(count: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

/**
 * The generator sfc32 (Chris Doty-Humphrey, PractRand), on 32-bit integers only. Every customer has
 * a stream of its own, so one more draw in one place does not change everyone after it.
 */
export function makeRandom(seed: number, stream: number): Random {
  const state = new Uint32Array([seed, stream, Math.floor(stream / 2 ** 32), 1]);
  const next = () => {
    const [a, b, c, counter] = state as unknown as readonly [number, number, number, number];
    const sum = (a + b + counter) >>> 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    state[3] = counter + 1;
    return sum;
  };
  // The first numbers of neighbouring seeds resemble each other; after 15 rounds none do.
  for (let i = 0; i < 15; i += 1) next();

  const uniform = () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6) + 0.5) / 2 ** 53;
  const below = (count: number) => Math.floor(uniform() * count);
  return {
    uniform,
    below,
    chance: (probability) => uniform() < probability,
    pick: (choices) => choices[below(choices.length)] as (typeof choices)[number],
  };
}
