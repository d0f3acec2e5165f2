'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'

const channelName = 'cart'

/**
 * Keeps the cart the same in all tabs of a browser: each says what the server rendered for it; one that was told something
 * else has the server render again, at once or when somebody looks at it. They come to an agreement, since the server
 * tells all of them the same.
 *
 * @param stamp stands for the cart as rendered; null where it is not known.
 */
export function useSameInAllTabs(stamp: string | null): void {
  const router = useRouter()
  const shown = useRef(stamp)

  useEffect(() => {
    let channel: BroadcastChannel | null = null
    let isOld = false
    const listening = new AbortController()
    const { signal } = listening

    function look(): void {
      if (!isOld || document.visibilityState === 'hidden') return
      isOld = false
      router.refresh()
    }
    function open(): void {
      channel = new BroadcastChannel(channelName)
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
  }, [router])

  useEffect(() => {
    shown.current = stamp
    if (stamp === null) return
    const channel = new BroadcastChannel(channelName)
    channel.postMessage(stamp)
    channel.close()
  }, [stamp])
}
