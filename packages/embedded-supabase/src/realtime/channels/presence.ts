import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'

type Tracked = { payload: Record<string, unknown>; meta: Record<string, unknown> }
type Metas = Record<string, { metas: Record<string, unknown>[] }>

export type PresenceDiff = { joins: Metas; leaves: Metas }

/** The presence of one room. One entry per owner (a channel); several owners may share a key. */
export class Presence<Owner> {
  private readonly byKey = new Map<string, Map<Owner, Tracked>>()

  get isEmpty(): boolean {
    return this.byKey.size === 0
  }

  state(): Metas {
    const state: Metas = {}
    for (const [key, owners] of this.byKey)
      state[key] = { metas: [...owners.values()].map(({ meta }) => meta) }
    return state
  }

  /** The diff; null when the same object is tracked already. */
  track(key: string, owner: Owner, payload: Record<string, unknown>): PresenceDiff | null {
    const owners = this.byKey.get(key) ?? new Map<Owner, Tracked>()
    const before = owners.get(owner)
    if (before && isDeepStrictEqual(before.payload, payload)) return null
    const reference = randomBytes(12).toString('base64url')
    const previous = before ? { phx_ref_prev: before.meta.phx_ref } : {}
    const meta = { ...payload, phx_ref: reference, ...previous }
    owners.set(owner, { payload, meta })
    this.byKey.set(key, owners)
    return { joins: { [key]: { metas: [meta] } }, leaves: before ? { [key]: { metas: [before.meta] } } : {} }
  }

  /** The diff; null when nothing was tracked. */
  untrack(key: string, owner: Owner): PresenceDiff | null {
    const owners = this.byKey.get(key)
    const before = owners?.get(owner)
    if (!owners || !before) return null
    owners.delete(owner)
    if (owners.size === 0) this.byKey.delete(key)
    return { joins: {}, leaves: { [key]: { metas: [before.meta] } } }
  }
}
