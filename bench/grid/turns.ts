import { median } from '../figures/quantile'

/** Medians in milliseconds of each, asked one after the other and again. */
export async function inTurns(rounds: number, asked: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times: number[][] = asked.map(() => [])
  for (let round = -2; round < rounds; round++) {
    for (const [place, ask] of asked.entries()) {
      const start = performance.now()
      await ask()
      if (round >= 0) times[place]?.push(performance.now() - start)
    }
  }
  return times.map(median)
}
