'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** Whether this page runs: false in what the server rendered, which is all there is without JavaScript. */
export function useIsRunning(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
