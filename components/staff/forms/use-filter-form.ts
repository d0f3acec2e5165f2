import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type ChangeEvent, useEffect, useRef, useTransition } from 'react'

const pauseMs = 250

/**
 * A form with its values in the URL: the list follows the typing, after a short pause.
 *
 * @param address the address of the list for the values of the fields.
 */
export function useFilterForm(address: (typed: Record<string, string>) => string) {
  const router = useRouter()
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [isSearching, startSearch] = useTransition()

  // A person who has left the list is not led back to it.
  useEffect(() => () => clearTimeout(pause.current), [])

  function onChange({ currentTarget: form }: ChangeEvent<HTMLFormElement>): void {
    clearTimeout(pause.current)
    pause.current = setTimeout(() => {
      const typed = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
      startSearch(() => router.replace(address(typed) as Route, { scroll: false }))
    }, pauseMs)
  }

  return { 'aria-busy': isSearching, onChange, onSubmit: () => clearTimeout(pause.current) }
}
