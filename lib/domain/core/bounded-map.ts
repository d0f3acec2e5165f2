/** A map of at most `most` entries: beyond, the entry that was not used for the longest time is forgotten. */
export function boundedMap<Key, Value>(most: number) {
  const entries = new Map<Key, Value>()

  function set(key: Key, value: Value): void {
    entries.delete(key)
    entries.set(key, value)
    const [oldest] = entries.keys()
    if (entries.size > most && oldest !== undefined) entries.delete(oldest)
  }

  return {
    set,
    get(key: Key): Value | undefined {
      const value = entries.get(key)
      if (value !== undefined) set(key, value)
      return value
    },
    delete: (key: Key): boolean => entries.delete(key),
    get size(): number {
      return entries.size
    },
  }
}
