'use client'

import { useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { deviceStorage } from '@/lib/client/browser/device-storage'
import { ProductSheet } from '@/lib/domain/products/editing/sheet'

const Draft = z.object({
  base: ProductSheet,
  was: z.record(z.string(), z.string()),
  texts: z.record(z.string(), z.string()),
  savedAt: z.iso.datetime(),
})
type Draft = z.infer<typeof Draft>

/**
 * Keeps an edit on this device, for one person and product, as long as there is something to keep: null drops it. Answers
 * whether there is something that the device has no room for.
 *
 * @param onOpen called once the page runs, with what was kept before it was opened.
 */
export function useDraft(
  userId: string,
  productId: string,
  edit: Omit<Draft, 'savedAt'> | null,
  onOpen: (draft: Draft | null) => void,
): boolean {
  const key = `onhand.product.${userId}.${productId}`
  const [hasFailed, setHasFailed] = useState(false)

  const isOpen = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page begins to run.
  useEffect(() => {
    if (isOpen.current) return
    isOpen.current = true
    onOpen(Draft.safeParse(parsed(deviceStorage.read(key))).data ?? null)
  }, [key])

  // After every key: a page may be closed without an event.
  useEffect(() => {
    if (!edit) return deviceStorage.remove(key)
    setHasFailed(!deviceStorage.write(key, JSON.stringify({ ...edit, savedAt: new Date().toISOString() })))
  }, [key, edit])

  return hasFailed && edit !== null
}

/** Null for a value that is no JSON: another program wrote it. */
function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
