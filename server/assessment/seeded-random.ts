/**
 * A repeatable stream of numbers in [0, 1): a 32-bit counter that advances by an odd constant (so it passes through all
 * 2³² states) and whose state is scrambled by multiply-and-shift rounds (the mulberry32 construction). Good enough for
 * simulation, useless for secrets. `seed` is taken modulo 2³².
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
