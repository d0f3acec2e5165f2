'use client'

import { useEffect } from 'react'
import { useSWRConfig } from 'swr'

/** Forgets what SWR keeps of a key once the component follows another version of it, or is gone. */
export function useCacheCleanup(name: string, id: string, version: number): void {
  const { cache } = useSWRConfig()
  useEffect(() => {
    const beginning = `"${name}",${JSON.stringify(id)},${version},`
    return () => {
      for (const key of [...cache.keys()]) if (key.includes(beginning)) cache.delete(key)
    }
  }, [cache, name, id, version])
}
