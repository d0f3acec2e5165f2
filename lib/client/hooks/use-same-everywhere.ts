'use client'

import { useEffect, useEffectEvent, useRef } from 'react'
import { openTabChannel } from '@/lib/client/browser/capabilities'

const channelName = 'cart'

/** How long a change of the cart by this tab may take to arrive, in milliseconds. */
const ownMs = 1_000

/**
 * Keeps the cart the same in all tabs: each tab announces the cart that it shows. A tab with another cart refreshes its
 * own, at once or when it becomes visible. The tabs converge, since the server has one cart. A change on another device is
 * found by the cart's version.
 *
 * @param stamp identifies the cart as shown; null where it is not known.
 * @param isOutdated whether the database is known to have a newer cart than is shown.
 */
export function useSameEverywhere(stamp: string | null, isOutdated: boolean, onOther: () => void): void {
  const refresh = useEffectEvent(onOther)
  const shown = useRef(stamp)

  useEffect(() => {
    let channel: BroadcastChannel | null = null
    let isOld = false
    const listening = new AbortController()
    const { signal } = listening

    function look(): void {
      if (!isOld || document.visibilityState === 'hidden') return
      isOld = false
      refresh()
    }
    function open(): void {
      channel = openTabChannel(channelName)
      if (!channel) return
      channel.onmessage = ({ data }) => {
        isOld = data !== shown.current
        look()
      }
    }
    function close(): void {
      channel?.close()
    }

    open()
    document.addEventListener('visibilitychange', look, { signal })
    // An open channel would keep the page out of the back/forward cache; out of it comes an old cart.
    window.addEventListener('pagehide', close, { signal })
    window.addEventListener(
      'pageshow',
      ({ persisted }) => {
        if (!persisted) return
        open()
        isOld = true
        look()
      },
      { signal },
    )
    return () => {
      listening.abort()
      close()
    }
  }, [])

  useEffect(() => {
    if (!isOutdated) return
    const waiting = setTimeout(() => refresh(), ownMs)
    return () => clearTimeout(waiting)
  }, [isOutdated])

  useEffect(() => {
    shown.current = stamp
    if (stamp === null) return
    const channel = openTabChannel(channelName)
    channel?.postMessage(stamp)
    channel?.close()
  }, [stamp])
}
