'use client'

import { useEffect, useState } from 'react'
import useSWR from 'swr'
import { isSuggestible } from '@/lib/domain/products/suggestible'
import type { Suggestion } from '@/lib/domain/products/suggestion'

/** A pause in typing, in milliseconds: one request for several letters. */
const pauseMs = 200

/** The products for a text that is being typed; those of the text before until the response comes. */
export function useSuggestions(text: string): readonly Suggestion[] {
  const [typed, setTyped] = useState('')
  useEffect(() => {
    const timer = setTimeout(setTyped, pauseMs, text.trim())
    return () => clearTimeout(timer)
  }, [text])
  const { data = none } = useSWR<readonly Suggestion[]>(
    isSuggestible(typed) ? `/search/suggestions?${new URLSearchParams({ q: typed })}` : null,
    read,
    { keepPreviousData: true, revalidateOnFocus: false, shouldRetryOnError: false },
  )
  return isSuggestible(text) ? data : none
}

/** The same list every time. */
const none: readonly Suggestion[] = []

async function read(address: string): Promise<readonly Suggestion[]> {
  const response = await fetch(address)
  return response.ok ? ((await response.json()) as Suggestion[]) : none
}
