'use client'

import { useCallback, useState } from 'react'

/**
 * A document as it is, of which newer states come in any order: from the server's render, as an answer, by looking
 * again. `take` shows a state unless a newer one is shown.
 *
 * @param versionOf the same function from render to render.
 */
export function useNewest<T>(
  rendered: T,
  versionOf: (state: T) => number,
): { newest: T; take: (state: T) => void } {
  const [taken, setTaken] = useState(rendered)
  const take = useCallback(
    (state: T) => setTaken((last) => (versionOf(state) < versionOf(last) ? last : state)),
    [versionOf],
  )
  return { newest: versionOf(rendered) > versionOf(taken) ? rendered : taken, take }
}
