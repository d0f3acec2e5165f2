/** A channel on which staff members who work on the same page see each other. */
export interface PresenceChannel<State> {
  /** One name, one channel: `product:${id}`. */
  readonly name: string
  /** The state that another page sent; null when it cannot be read. */
  parse(candidate: unknown): State | null
}

/** Another page on the channel. */
export interface Peer<State> {
  /** The same for as long as the page stays. A person with two tabs is two peers. */
  readonly key: string
  readonly state: State
}

/** One message on a presence channel. */
export interface PresenceMessage {
  readonly key: string
  /** Null from a page that leaves. */
  readonly state: unknown
}

export const presenceTiming = {
  /** Every page sends its state this often, */
  heartbeatMs: 10_000,
  /** and a page that has sent nothing for this long is gone. */
  goneMs: 25_000,
} as const

/** The peers by key, and when each was last heard of, in clock milliseconds. */
export type Peers<State> = ReadonlyMap<string, Peer<State> & { readonly heardAt: number }>

/** The peers after a message. */
export function afterMessage<State>(
  peers: Peers<State>,
  channel: PresenceChannel<State>,
  { key, state: sent }: PresenceMessage,
  now: number,
): Peers<State> {
  const state = sent === null ? null : channel.parse(sent)
  const next = new Map(peers)
  if (state === null) next.delete(key)
  else next.set(key, { key, state, heardAt: now })
  return next
}

/** The peers that were heard of lately. */
export function activePeers<State>(peers: Peers<State>, now: number): Peers<State> {
  return new Map([...peers].filter(([, { heardAt }]) => now - heardAt < presenceTiming.goneMs))
}

/** A message as it came from outside; null when it is none. */
export function parseMessage(candidate: unknown): PresenceMessage | null {
  const { key, state = null } = Object(candidate) as Record<string, unknown>
  return typeof key === 'string' ? { key, state } : null
}
