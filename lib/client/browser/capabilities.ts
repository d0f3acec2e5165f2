'use client'

// The browser's interfaces that may be missing or denied, asked for in one place: on plain HTTP there is no
// crypto.randomUUID and no lock, and where cookies are blocked storage and channels throw. A unit test finds every other
// place that names them.

/** A random UUID (version 4). */
export function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = Array.from(bytes, (byte) => (byte | 256).toString(16).slice(1)).join('')
  return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-a$4-')
}

/** A channel between the tabs of this browser; null where there is none. */
export function openTabChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name)
  } catch {
    return null
  }
}
