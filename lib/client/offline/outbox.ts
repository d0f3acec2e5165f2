'use client'

import { deviceStorage } from '@/lib/client/browser/device-storage'

/** Changes on this device that the shop has not acknowledged yet. Survives a reload; shared by all tabs. */
export interface Outbox<Item> {
  /** Oldest first; the same array while nothing changes. */
  items(): readonly Item[]
  /** Keeps an item, or another version of it. */
  keep(item: Item): void
  /** Whether some items would be lost with the page: the device did not store them. */
  isFleeting(): boolean
  drop(ids: readonly string[]): void
  listen(listener: () => void): () => void
}

/**
 * An outbox in the device's storage, one entry an item, so that two tabs never overwrite each other's.
 *
 * @param name whose and for what: everything under this name is one outbox.
 * @param parse null for what cannot be read, as after an update of the shop; it is left where it is.
 */
export function createOutbox<Item extends { id: string; began: number }>(
  name: string,
  parse: (candidate: unknown) => Item | null,
): Outbox<Item> {
  const prefix = `onhand.${name}.`
  const listeners = new Set<() => void>()
  const fleeting = new Set<string>()
  let current: readonly Item[] | null = null

  function read(): readonly Item[] {
    const items: Item[] = []
    for (const name of deviceStorage.names().filter((each) => each.startsWith(prefix))) {
      const item = parse(parsed(deviceStorage.read(name)))
      if (item) items.push(item)
    }
    return items.sort((a, b) => a.began - b.began || a.id.localeCompare(b.id))
  }

  function tell(): void {
    current = null
    for (const listener of [...listeners]) listener()
  }

  function hear({ key }: StorageEvent): void {
    if (key === null || key.startsWith(prefix)) tell()
  }

  return {
    items() {
      current ??= read()
      return current
    },
    keep(item) {
      if (deviceStorage.write(prefix + item.id, JSON.stringify(item))) fleeting.delete(item.id)
      else fleeting.add(item.id)
      tell()
    },
    drop(ids) {
      for (const id of ids) {
        deviceStorage.remove(prefix + id)
        fleeting.delete(id)
      }
      tell()
    },
    isFleeting: () => fleeting.size > 0,
    listen(listener) {
      if (listeners.size === 0) addEventListener('storage', hear)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) removeEventListener('storage', hear)
      }
    },
  }
}

/** Null for a text that is no JSON: other code uses the same name. */
function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
