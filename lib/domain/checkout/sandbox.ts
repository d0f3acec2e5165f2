import { z } from 'zod'

/** Payment events that the sandbox provider can send to the shop. */
export type SandboxEvent = 'started' | 'captured' | 'declined' | 'refunded'

/** How the sandbox provider can be made to behave. */
export const SandboxBehaviour = z.enum(['pay', 'decline', 'late', 'twice', 'out_of_order', 'silent'])
export type SandboxBehaviour = z.infer<typeof SandboxBehaviour>

/** The webhooks it sends after that of the start, in order: each with its repeats, all after so many milliseconds. */
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
