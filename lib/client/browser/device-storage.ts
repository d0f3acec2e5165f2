'use client'

/** Texts by name that outlast the page where the browser allows it, and are in the memory of the page where not. */
export interface DeviceStorage {
  names(): string[]
  read(name: string): string | null
  /** Answers false when the text is only in the memory of this page: the storage is full, missing or denied. */
  write(name: string, text: string): boolean
  remove(name: string): void
}

/** Of this page: what its storage did not take. */
const memory = new Map<string, string>()

/** The storage of this device. A write never throws and loses nothing while the page is open. */
export const deviceStorage: DeviceStorage = {
  names: () => [...new Set([...memory.keys(), ...(attempt((storage) => Object.keys(storage)) ?? [])])],
  read: (name) => memory.get(name) ?? attempt((storage) => storage.getItem(name)) ?? null,
  write(name, text) {
    const isStored = attempt((storage) => {
      storage.setItem(name, text)
      return true
    })
    if (isStored) memory.delete(name)
    else {
      // An older text under this name must not come back after a reload.
      attempt((storage) => storage.removeItem(name))
      memory.set(name, text)
    }
    return isStored === true
  },
  remove(name) {
    memory.delete(name)
    attempt((storage) => storage.removeItem(name))
  },
}

/** Undefined where the storage is missing, denied or full. Its very name throws where cookies are blocked. */
function attempt<Result>(use: (storage: Storage) => Result): Result | undefined {
  try {
    return use(localStorage)
  } catch {
    return undefined
  }
}
