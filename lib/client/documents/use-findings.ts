'use client'

import { useEffect, useState } from 'react'
import useSWR from 'swr'
import { useDataApi } from '@/lib/client/live/hooks/use-data-api'
import { Finding, isFindable } from '@/lib/domain/finder/finding'

/** A pause in typing, in milliseconds: one request for several letters. */
const pauseMs = 150

const none: readonly Finding[] = []

/** The rows that a staff member may mean; those of the text before until the response comes. */
export function useFindings(text: string): {
  findings: readonly Finding[]
  hasFailed: boolean
  isDone: boolean
} {
  const { callFunction } = useDataApi()
  const [typed, setTyped] = useState('')
  useEffect(() => {
    const timer = setTimeout(setTyped, pauseMs, text.trim())
    return () => clearTimeout(timer)
  }, [text])
  const { data, error, isLoading } = useSWR(
    isFindable(typed) ? ['findings', typed] : null,
    async ([, query]) => Finding.array().parse(await callFunction('find_for_staff', { query })),
    { keepPreviousData: true, revalidateOnFocus: false },
  )
  const isAsked = isFindable(text.trim())
  return {
    findings: isAsked ? (data ?? none) : none,
    hasFailed: isAsked && error !== undefined,
    isDone: isAsked && typed === text.trim() && data !== undefined && !isLoading,
  }
}
