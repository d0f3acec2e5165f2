import type { Subscriptions } from '#realtime/changes/subscriptions'
import type { Rooms } from '#realtime/channels/rooms'
import type { Replication } from '#realtime/wal/replication'
import type { Database } from './database'
import type { Faults } from './faults'
import type { Limits, Rate } from './limits'

export type Keys = { publishable: string; secret: string; anonJwt: string; serviceRoleJwt: string }

/** State shared by every part of one running server. */
export type ServerContext = {
  jwtSecret: string
  keys: Keys
  faults: Faults
  limits: Limits
  rates: { joins: Rate; events: Rate; presence: Rate }
  database: Database
  replication: Replication
  rooms: Rooms
  subscriptions: Subscriptions
  /** Called when a new replication stream has taken over from a broken one. */
  relived: Set<() => void>
  /** Seconds since 1970, by the clock tokens are judged by. */
  nowInS: () => number
}
