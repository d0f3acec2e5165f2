import { randomUUID } from 'node:crypto'
import { isObject } from './wire'

/** A client's join request, read leniently: a field of a wrong type counts as unset. */
export type JoinConfig = {
  isPrivate: boolean
  acknowledges: boolean
  hearsItself: boolean
  wantsReplicationReady: boolean
  replay: unknown
  presence: { key: string; isEnabled: boolean }
  changes: Record<string, unknown>[]
}

/** Null when `config` is there but no object: the one reason to refuse a join. */
export function readJoinConfig(payload: unknown): JoinConfig | null {
  const config = isObject(payload) ? (payload.config ?? {}) : {}
  if (!isObject(config)) return null
  const broadcast = isObject(config.broadcast) ? config.broadcast : {}
  const presence = isObject(config.presence) ? config.presence : {}
  const changes = Array.isArray(config.postgres_changes) ? config.postgres_changes : []
  return {
    isPrivate: isTrue(config.private),
    acknowledges: isTrue(broadcast.ack),
    hearsItself: isTrue(broadcast.self),
    wantsReplicationReady: isTrue(broadcast.replication_ready),
    replay: broadcast.replay,
    presence: { key: presenceKey(presence.key), isEnabled: isTrue(presence.enabled) },
    changes: changes.filter(isObject),
  }
}

/** The token to use, by the server's order of preference; `sb_` keys mean the key of the handshake. */
export function chooseToken(payload: unknown, handshakeToken: string): string {
  const { access_token: access, user_token: user } = isObject(payload) ? payload : {}
  const first = typeof access === 'string' ? access : user
  if (typeof first === 'string' && first.startsWith('sb_')) return handshakeToken
  if (typeof user === 'string') return user
  return typeof access === 'string' ? access : handshakeToken
}

function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true')
}

function presenceKey(key: unknown): string {
  if (key === undefined || key === null || key === '') return randomUUID()
  return typeof key === 'object' ? JSON.stringify(key) : String(key)
}
