/**
 * A fault of one request. error: answers 500 and does nothing. hang: neither does nor answers anything. lost: does it, but
 * the connection breaks before the answer. refuse: answers as Stripe does when a request is turned down for good.
 */
export const faultKinds = ['error', 'hang', 'lost', 'refuse'] as const
export type FaultKind = (typeof faultKinds)[number]

/** The steps that can fail. */
export const steps = ['create', 'retrieve', 'confirm', 'capture', 'cancel', 'refund', 'list'] as const
export type Step = (typeof steps)[number]

/** Faults that were ordered, each for the next requests of a step. */
export class Faults {
  readonly #ordered: { step: Step; kind: FaultKind; times: number }[] = []

  /** Has the next requests of this step fail; `times` of Infinity until `clear`. */
  add(step: Step, kind: FaultKind, times = 1): void {
    this.#ordered.push({ step, kind, times })
  }

  clear(): void {
    this.#ordered.length = 0
  }

  /** The fault of a request that arrives now, and counts it. */
  take(step: Step): FaultKind | null {
    const fault = this.#ordered.find((each) => each.step === step && each.times > 0)
    if (!fault) return null
    fault.times -= 1
    return fault.kind
  }
}
