import type { Sql } from 'postgres'
import type { Engine } from './engines'
import type { Label } from './labels'

export interface Quality {
  /** Mean nDCG of the first ten, of searches that mean something. */
  ndcg: number
  /** The share of those without any result. */
  empty: number
  /** The searches below 0.9, the worst first. */
  worst: { search: string; ndcg: number; found: string[] }[]
}

/** How well an engine answers labelled searches. */
export async function qualityOf(engine: Engine, sql: Sql, labels: readonly Label[]): Promise<Quality> {
  const rated = []
  for (const label of labels.filter(({ meant }) => meant.length > 0)) {
    const found = await engine(sql, label.search)
    rated.push({
      search: label.search,
      found,
      ndcg: gain(label, found) / gain(label, [...label.meant, ...label.near]),
    })
  }
  return {
    ndcg: rated.reduce((sum, { ndcg }) => sum + ndcg, 0) / rated.length,
    empty: rated.filter(({ found }) => found.length === 0).length / rated.length,
    worst: rated.filter(({ ndcg }) => ndcg < 0.9).toSorted((a, b) => a.ndcg - b.ndcg),
  }
}

/** Discounted cumulative gain of the first ten: 3 for a product that is meant, 1 for one that is near. */
function gain({ meant, near }: Label, found: readonly string[]): number {
  return found.slice(0, 10).reduce((sum, handle, place) => {
    const grade = meant.includes(handle) ? 3 : near.includes(handle) ? 1 : 0
    return sum + grade / Math.log2(place + 2)
  }, 0)
}
