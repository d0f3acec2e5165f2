'use client'

import { isStillSignedIn } from '@/lib/actions/shop/orders'
import { useSessionWatch } from '@/lib/client/live/hooks/use-session-watch'

/** Makes an account page say when its session has ended. Renders nothing. */
export function SessionWatch() {
  useSessionWatch(isStillSignedIn)
  return null
}
