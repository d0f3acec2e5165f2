import type { Database } from '#realtime/database'
import type { Claims } from '#realtime/protocol/token'
import { type Asker, type Extension, type Grants, mayWrite, readGrants } from './authorization'

/** The receive and send rights of one private channel, by the policies of realtime.messages. */
export class ChannelRights {
  grants: Grants
  private readonly database: Database
  private readonly withPresence: boolean
  private asker: Asker
  private writes: Partial<Record<Extension, boolean>> = {}

  constructor(database: Database, asker: Asker, grants: Grants, withPresence: boolean) {
    this.database = database
    this.asker = asker
    this.grants = grants
    this.withPresence = withPresence
  }

  /** Asked at first use, and again after a new token. A policy that fails grants nothing, and is asked next time. */
  async maySend(extension: Extension): Promise<boolean> {
    const known = this.writes[extension]
    if (known !== undefined) return known
    try {
      const granted = await mayWrite(this.database, this.asker, extension)
      this.writes[extension] = granted
      return granted
    } catch {
      return false
    }
  }

  /** Takes the claims of a new token; says what may no longer be heard. */
  async renew(claims: Claims): Promise<'nothing' | 'some' | 'all'> {
    const before = this.grants
    this.asker = { ...this.asker, claims }
    this.writes = {}
    const none = { broadcast: false, presence: false }
    this.grants = await readGrants(this.database, this.asker, this.withPresence).catch(() => none)
    if (!this.grants.broadcast && !this.grants.presence) return 'all'
    const lostBroadcast = before.broadcast && !this.grants.broadcast
    const lostPresence = before.presence && !this.grants.presence
    return lostBroadcast || lostPresence ? 'some' : 'nothing'
  }
}
