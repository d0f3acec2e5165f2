'use client'

import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { createPresence } from '@/lib/client/live/presence'
import { useLiveClient } from '@/lib/client/live/provider'
import type { Peer, PresenceChannel } from '@/lib/domain/live/presence-rules'

const nobody: readonly Peer<never>[] = []

/**
 * The other pages on a presence channel of staff, and the state each of them sends. At most one message a second is sent,
 * the latest; a page that sends nothing for 25 s is gone. Only for people to see each other: nothing may depend on it.
 *
 * @param mine the state that the peers see of this page. Something small: a name and a field.
 */
export function usePresence<State extends object>(
  channel: PresenceChannel<State>,
  mine: State,
): readonly Peer<State>[] {
  const client = useLiveClient()
  // The name identifies the channel: components may declare it again with every render.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const presence = useMemo(
    () => client.resource(`presence ${channel.name}`, (context) => createPresence(channel, context)),
    [client, channel.name],
  )
  const serialized = JSON.stringify(mine)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text identifies the state
  useEffect(() => presence.setState(mine), [presence, serialized])
  return useSyncExternalStore(presence.on, presence.peers, () => nobody)
}
