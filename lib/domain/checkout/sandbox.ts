import { z } from 'zod'

/** What the sandbox provider can tell the shop about a payment. */
export type SandboxEvent = 'captured' | 'declined' | 'refunded'

/** How the sandbox provider can be made to behave. */
export const SandboxBehaviour = z.enum(['pay', 'decline', 'late', 'twice', 'out_of_order', 'silent'])
export type SandboxBehaviour = z.infer<typeof SandboxBehaviour>

/** What it then sends, in which order: each event so many times, after so many milliseconds. */
export interface SandboxPlan {
  afterMs: number
  events: readonly { kind: SandboxEvent; times: number }[]
}

const once = (kind: SandboxEvent) => ({ kind, times: 1 })

export const sandboxPlans: Record<SandboxBehaviour, SandboxPlan> = {
  pay: { afterMs: 0, events: [once('captured')] },
  decline: { afterMs: 0, events: [once('declined')] },
  late: { afterMs: 12_000, events: [once('captured')] },
  twice: { afterMs: 0, events: [{ kind: 'captured', times: 2 }] },
  // It was declined first and paid then, but the news of it overtook each other.
  out_of_order: { afterMs: 0, events: [once('captured'), once('declined')] },
  silent: { afterMs: 0, events: [] },
}
