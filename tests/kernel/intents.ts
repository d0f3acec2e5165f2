/** What somebody means to do, told as small numbers, so that a plan can be made from a seed, cut down and run again. */
export type Intent = {
  does: (typeof DEEDS)[number]
  /** Which variant, place, shopper, and which of the orders known by then; taken modulo how many there are. */
  variant: number
  place: number
  shopper: number
  pick: number
  units: number
  /** What goes wrong on the way: the call is sent twice at once, again afterwards, or its connection is cut. */
  fault: 'none' | 'twice' | 'again' | 'cut'
}

const DEEDS = [
  'hold',
  'release',
  'extend',
  'place',
  'place and pay later',
  'captured',
  'declined',
  'refunded',
  'cancel',
  'fulfil',
  'return',
  'adjust',
  'recount',
  'receive',
  'transfer',
  'tidy',
  'time passes',
] as const

/** How often each deed happens, in the order of DEEDS. */
const WEIGHTS = [28, 6, 4, 16, 7, 7, 1, 1, 5, 9, 4, 6, 2, 2, 3, 1, 1]
const TOTAL = WEIGHTS.reduce((sum, weight) => sum + weight, 0)

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

/** One list of intents per connection. */
export function planFrom(seed: number, operations: number, connections: number): Intent[][] {
  const share = Math.ceil(operations / connections)
  return Array.from({ length: connections }, (_, worker) => {
    const random = randomFrom(seed * 7919 + worker)
    return Array.from({ length: share }, () => intent(random))
  })
}

function intent(random: (below: number) => number): Intent {
  let point = random(TOTAL)
  const deed = DEEDS.find((_, n) => {
    point -= WEIGHTS[n] ?? 0
    return point < 0
  })
  const luck = random(100)
  return {
    does: deed ?? 'hold',
    variant: random(1000),
    place: random(2),
    shopper: random(1000),
    pick: random(100_000),
    units: 1 + random(4),
    fault: luck < 6 ? 'twice' : luck < 10 ? 'again' : luck < 12 ? 'cut' : 'none',
  }
}
