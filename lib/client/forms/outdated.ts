'use client'

import { unstable_isUnrecognizedActionError } from 'next/navigation'
import { useSyncExternalStore } from 'react'
import { createEmitter } from '@/lib/client/live/emitter'
import { NoAnswer } from './until-answered'

// Every build of the shop gives its actions new names. After an update the server knows none of the names of a page that
// was open before, or was kept on the device: its requests fail until it is reloaded.

let isOutdated = false
const emitter = createEmitter()

/**
 * The answer of an action. When the shop does not know the action, the page is marked as older than the shop, and no
 * repeat would change that. Other failures are rejected as they are.
 */
export async function noticing<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked
  } catch (cause) {
    if (unstable_isUnrecognizedActionError(cause)) {
      isOutdated = true
      emitter.emit()
      throw new NoAnswer('the page is older than the shop', { cause })
    }
    throw cause
  }
}

/** Whether this page is older than the shop, as far as it has noticed. */
export function useIsOutdated(): boolean {
  return useSyncExternalStore(
    emitter.on,
    () => isOutdated,
    () => false,
  )
}
