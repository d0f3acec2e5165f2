'use client'

import { useEffect, useState } from 'react'
import { useRegistry } from '@/lib/client/live/provider'
import { NamedDocuments } from '@/lib/domain/stock/named-document'

/**
 * What the documents are that these names stand for. Names that were not asked about before are asked for; until then, and
 * when no answer comes, they are names.
 *
 * @param first the answer as the server rendered it.
 */
export function useDocuments(names: readonly string[], first: NamedDocuments): NamedDocuments {
  const { ask } = useRegistry()
  const [known, setKnown] = useState(first)
  const unknown = JSON.stringify([...new Set(names)].filter((name) => !Object.hasOwn(known, name)))

  useEffect(() => {
    const asked: string[] = JSON.parse(unknown)
    if (asked.length === 0) return
    const mine = new AbortController()
    ask('named_documents', { names: asked }, mine.signal).then(
      (body) => {
        if (!mine.signal.aborted) setKnown((last) => ({ ...last, ...NamedDocuments.parse(body) }))
      },
      (cause: unknown) => {
        if (!mine.signal.aborted) reportError(cause)
      },
    )
    return () => mine.abort()
  }, [ask, unknown])

  return known
}
