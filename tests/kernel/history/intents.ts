/** An intended call, encoded as small numbers, so that a plan can be made from a seed, cut down and run again. */
export type Intent = {
  /** Its name within the plan of a seed: connection and running number, `12.340`. */
  name: string
  does: keyof typeof DEEDS
  /** Which variant, place, shopper, and which of the orders known by then; taken modulo how many there are. */
  variant: number
  place: number
  shopper: number
  pick: number
  units: number
  /** Faults in transit: the call is sent twice at once, again afterwards, or its connection is cut. */
  fault: 'none' | 'twice' | 'again' | 'cut'
}

/** The operations and their frequencies. */
const DEEDS = {
  hold: 28,
  release: 6,
  extend: 4,
  place: 16,
  'place and pay later': 7,
  captured: 7,
  declined: 1,
  refunded: 1,
  'pay at the counter': 2,
  cancel: 5,
  fulfil: 9,
  'sell at the counter': 4,
  return: 4,
  adjust: 6,
  recount: 2,
  receive: 2,
  transfer: 3,
  import: 2,
  join: 6,
  'accept an offer': 3,
  'leave a line': 1,
  maintenance: 1,
  'time passes': 1,
}
const TOTAL = Object.values(DEEDS).reduce((sum, weight) => sum + weight, 0)

/** A small seeded generator (mulberry32): the same seed, the same numbers, on every machine. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) % below
  }
}

/** One list of intents per connection. A longer plan of the same seed begins with the shorter one. */
export function planFrom(seed: number, operations: number, connections: number): Intent[][] {
  const share = Math.ceil(operations / connections)
  return Array.from({ length: connections }, (_, worker) => {
    const random = randomFrom(seed * 7919 + worker)
    return Array.from({ length: share }, (_, n) => intent(`${worker}.${n}`, random))
  })
}

/** The intents of a seed's plan that have these names, each on its own connection as before. */
export function planOf(seed: number, names: string[]): Intent[][] {
  const wanted = names.map((name) => name.split('.').map(Number))
  const longest = Math.max(...wanted.map(([, n = 0]) => n + 1))
  const connections = Math.max(...wanted.map(([worker = 0]) => worker + 1))
  return planFrom(seed, longest * connections, connections)
    .map((intents) => intents.filter(({ name }) => names.includes(name)))
    .filter((intents) => intents.length > 0)
}

function intent(name: string, random: (below: number) => number): Intent {
  let point = random(TOTAL)
  const deed = Object.entries(DEEDS).find(([, weight]) => {
    point -= weight
    return point < 0
  })
  // A cut is rare, because a reconnected client plans everything again, which costs as much as ten calls.
  const luck = random(100)
  return {
    name,
    does: (deed?.[0] ?? 'hold') as Intent['does'],
    variant: random(1000),
    place: random(2),
    shopper: random(1000),
    pick: random(100_000),
    units: 1 + random(4),
    fault: luck < 6 ? 'twice' : luck < 10 ? 'again' : luck < 11 ? 'cut' : 'none',
  }
}
