import 'server-only'

/** A network with more pages in the making than this is heavy for its next one. */
const lightPages = 2
/** While fewer pages than this are in the making, heavy networks may have more than their one place. */
const idlePages = 2
/** Requests of one network that may wait. */
const longestLine = 100
/** A client that reads slowly, or a page that hangs, does not keep its place. */
const placeMs = 2_000

/** The owner of a place, which keeps it until it closes: a response, or a render for nobody in particular. */
export interface Leaving {
  once: (event: 'close', leave: () => void) => unknown
  destroyed: boolean
}

interface Line {
  making: number
  waiting: (() => void)[]
}

/**
 * The order in which pages are made. Pages of ordinary networks begin at once. Those of heavy networks wait in a line per
 * network and take turns: together they have one place, and more only while the server is nearly idle. A flood therefore
 * waits for itself, and an ordinary page has at most one of its pages beside it.
 */
export function createPlaces() {
  let making = 0
  let heavy = 0
  const networks = new Map<string, Line>()
  /** Networks with a line, the next one first. */
  const turns = new Set<string>()

  function begin(network: string, response: Leaving, isHeavy: boolean, go: () => void): void {
    const line = lineOf(network)
    line.making += 1
    making += 1
    if (isHeavy) heavy += 1
    let isTaken = true
    const leave = () => {
      if (!isTaken) return
      isTaken = false
      clearTimeout(timer)
      line.making -= 1
      making -= 1
      if (isHeavy) heavy -= 1
      forgetIdle(network)
      beginWaiting()
    }
    const timer = setTimeout(leave, placeMs)
    timer.unref()
    response.once('close', leave)
    go()
  }

  function beginWaiting(): void {
    while (turns.size > 0 && (heavy === 0 || making < idlePages)) {
      const [network = ''] = turns
      turns.delete(network)
      const { waiting } = lineOf(network)
      const next = waiting.shift()
      if (waiting.length > 0) turns.add(network)
      next?.()
      forgetIdle(network)
    }
  }

  function lineOf(network: string): Line {
    const line = networks.get(network) ?? { making: 0, waiting: [] }
    networks.set(network, line)
    return line
  }

  function forgetIdle(network: string): void {
    const line = networks.get(network)
    if (line?.making === 0 && line.waiting.length === 0) networks.delete(network)
  }

  return {
    /** Calls `go` when the network has a place; false, and no call, when its line is too long. */
    enter(network: string, isHeavy: boolean, response: Leaving, go: () => void): boolean {
      const { making: own, waiting } = lineOf(network)
      if (!isHeavy && own < lightPages && waiting.length === 0) {
        begin(network, response, false, go)
        return true
      }
      if (waiting.length >= longestLine) return false
      waiting.push(() => {
        if (!response.destroyed) begin(network, response, true, go)
      })
      turns.add(network)
      beginWaiting()
      return true
    },
  }
}
