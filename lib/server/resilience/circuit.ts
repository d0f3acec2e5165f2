import 'server-only'

/** So many calls in a row must fail before others are not sent: one slow statement is no outage. */
const failuresToOpen = 3
/** While open, one call in this time is sent, so that the end of an outage is noticed soon. */
const probeEveryMs = 500

/** Remembers how the last calls to one host ended. Answers whether the next one is worth sending. */
export function createCircuit(now: () => number = () => performance.now()) {
  let failures = 0
  let nextProbe = 0
  return {
    mayCall(): boolean {
      if (failures < failuresToOpen) return true
      if (now() < nextProbe) return false
      nextProbe = now() + probeEveryMs
      return true
    },
    succeeded(): void {
      failures = 0
    },
    failed(): void {
      failures += 1
      if (failures === failuresToOpen) nextProbe = now() + probeEveryMs
    },
  }
}
