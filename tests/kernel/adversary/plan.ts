import { randomFrom } from '@/tests/kernel/history/intents'

/**
 * One call of the adversary, encoded as small numbers, so that a plan can be made from a seed, cut down and run again.
 */
export type Malice = {
  /** Its name within the plan of a seed: connection and running number, `3.120`. */
  name: string
  /** The function and the role; taken modulo how many there are. */
  target: number
  kind: number
  /** The seed of everything that is sent. */
  twist: number
}

/** One list per connection. A longer plan of the same seed begins with the shorter one. */
export function malicePlan(seed: number, calls: number, connections: number): Malice[][] {
  const share = Math.ceil(calls / connections)
  return Array.from({ length: connections }, (_, worker) => {
    const random = randomFrom(seed * 6271 + worker)
    return Array.from({ length: share }, (__, n) => ({
      name: `${worker}.${n}`,
      target: random(1_000_000),
      kind: random(1000),
      twist: random(1_000_000_000),
    }))
  })
}

/** The parts of a seed's plan that have these names, each on its own connection as before. */
export function malicePlanOf(seed: number, names: string[]): Malice[][] {
  const wanted = names.map((name) => name.split('.').map(Number))
  const longest = Math.max(...wanted.map(([, n = 0]) => n + 1))
  const connections = Math.max(...wanted.map(([worker = 0]) => worker + 1))
  return malicePlan(seed, longest * connections, connections)
    .map((list) => list.filter(({ name }) => names.includes(name)))
    .filter((list) => list.length > 0)
}
