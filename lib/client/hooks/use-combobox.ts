'use client'

import { type RefObject, useEffect, useEffectEvent, useId, useState } from 'react'

/**
 * Makes a field a combobox of WAI-ARIA: the arrows choose one of its options, Enter takes it, Escape closes the list. The
 * field keeps its focus and its text. The options are `<id>-0`, `<id>-1` and so on.
 *
 * @param options how many there are now.
 * @param onType called with the text of the field after each change.
 */
export function useCombobox(
  field: RefObject<HTMLInputElement | null>,
  {
    options,
    onType,
    onTake,
    startsOpen = false,
  }: { options: number; onType: (text: string) => void; onTake: (at: number) => void; startsOpen?: boolean },
): { id: string; isShown: boolean; chosen: number; take: (at: number) => void } {
  const id = useId()
  const [isOpen, setOpen] = useState(startsOpen)
  const [chosen, setChosen] = useState(-1)
  const isShown = isOpen && options > 0

  function take(at: number): void {
    setOpen(false)
    onTake(at)
  }

  const onInput = useEffectEvent(() => {
    onType(field.current?.value ?? '')
    setOpen(true)
    setChosen(-1)
  })
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    // Enter and the arrows confirm the text of an input method first.
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && options > 0) {
      event.preventDefault()
      setOpen(true)
      // One place more than options: the text as it was typed.
      const places = options + 1
      setChosen((at) => ((Math.min(at, options - 1) + 1 + step + places) % places) - 1)
    } else if (event.key === 'Escape' && isShown) {
      event.preventDefault()
      setOpen(false)
      setChosen(-1)
    } else if (event.key === 'Enter' && isShown && chosen >= 0 && chosen < options) {
      event.preventDefault()
      take(chosen)
    }
  })
  const onBlur = useEffectEvent(() => setOpen(false))

  useEffect(() => {
    const stop = new AbortController()
    field.current?.addEventListener('input', () => onInput(), stop)
    field.current?.addEventListener('keydown', (event) => onKeyDown(event), stop)
    field.current?.addEventListener('blur', () => onBlur(), stop)
    return () => stop.abort()
  }, [field])

  useEffect(() => {
    const input = field.current
    if (!input) return
    input.role = 'combobox'
    input.autocomplete = 'off'
    input.setAttribute('aria-autocomplete', 'list')
    input.setAttribute('aria-expanded', String(isShown))
    if (isShown) input.setAttribute('aria-controls', id)
    else input.removeAttribute('aria-controls')
    if (isShown && chosen >= 0) input.setAttribute('aria-activedescendant', `${id}-${chosen}`)
    else input.removeAttribute('aria-activedescendant')
  }, [field, isShown, chosen, id])

  return { id, isShown, chosen, take }
}
