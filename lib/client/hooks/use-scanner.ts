'use client'

import { useEffect, useEffectEvent } from 'react'

// A scanner is a keyboard that types a whole code at once. People need more than 60 ms between two keys.
const MAX_GAP_MS = 40
const MIN_LENGTH = 4
/** Between two keys of a burst that is long enough for a code: nobody begins to type so soon, but keys can come late. */
const LATE_GAP_MS = 200
/**
 * A code without Enter or Tab behind it has ended when nothing more arrived for so long. A busy device passes keys on late:
 * cut in two, a code would be counted as another one.
 */
const SILENCE_MS = 400
/** Without a suffix only a longer burst is taken for a code. */
const MIN_LENGTH_WITHOUT_SUFFIX = 8

interface Burst {
  text: string
  at: number
  target: EventTarget | null
  /** The value of the field before the burst, to put back. */
  before: string
}

/**
 * Hears scanned codes on the whole page, wherever the focus is: keys that follow each other faster than a person types,
 * ended by Enter, by Tab or by a pause. Codes scanned into a code field stay there, and the field gets an Enter whatever
 * the scanner sends.
 *
 * @param isCodeField whether a field takes codes. A quantity gets its value back, and `onScan` gets the code. In any other
 *   field, such as a reference, a scanned code is what it looks like.
 * @param onScan called with the text of a code that was scanned elsewhere, and the field it had got into, if any.
 */
export function useScanner(
  isCodeField: (field: HTMLInputElement) => boolean,
  onScan: (text: string, field: HTMLInputElement | null) => void,
): void {
  const isTaker = useEffectEvent(isCodeField)
  const emit = useEffectEvent((text: string, field: HTMLInputElement | null) => onScan(text, field))

  useEffect(() => {
    let burst: Burst | null = null
    let silence: ReturnType<typeof setTimeout> | undefined

    function end(minLength: number, suffix: 'Enter' | 'Tab' | null): boolean {
      clearTimeout(silence)
      const ended = burst
      burst = null
      if (!ended || ended.text.length < minLength) return false
      const field = ended.target instanceof HTMLInputElement ? ended.target : null
      if (field && isTaker(field)) {
        if (suffix === 'Enter') return false
        pressEnter(field)
        return true
      }
      if (!field && isEditable(ended.target)) return false
      if (field && !isNumeric(field)) return false
      if (field) setValue(field, ended.before)
      emit(ended.text, field)
      return true
    }

    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      // The time of the key and not of this call: a busy page is called late.
      const now = event.timeStamp
      const isFast = burst !== null && now - burst.at <= longestGap(burst) && burst.target === event.target
      if (event.key === 'Enter' || event.key === 'Tab') {
        if (!isFast) burst = null
        if (end(MIN_LENGTH, event.key)) {
          event.preventDefault()
          event.stopPropagation()
        }
        return
      }
      if (event.key.length !== 1) return
      if (!isFast || burst === null) {
        const before = event.target instanceof HTMLInputElement ? event.target.value : ''
        burst = { text: '', at: now, target: event.target, before }
      }
      burst = { ...burst, text: burst.text + event.key, at: now }
      clearTimeout(silence)
      silence = setTimeout(() => end(MIN_LENGTH_WITHOUT_SUFFIX, null), SILENCE_MS)
    }

    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => {
      clearTimeout(silence)
      document.removeEventListener('keydown', onKeyDown, { capture: true })
    }
  }, [])
}

const longestGap = ({ text }: Burst) => (text.length < MIN_LENGTH ? MAX_GAP_MS : LATE_GAP_MS)

/** `data-quantity` is on a field that takes signs, for which phones have no keyboard of digits. */
function isNumeric({ inputMode, type, dataset }: HTMLInputElement): boolean {
  return inputMode === 'numeric' || inputMode === 'decimal' || type === 'number' || 'quantity' in dataset
}

function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  )
}

/** Does what Enter in a field does: its own handler, or else its form. */
function pressEnter(field: HTMLInputElement): void {
  const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
  if (field.dispatchEvent(enter)) field.form?.requestSubmit()
}

/** Sets the value of a field as typing does, so that React and the form hear of it. */
export function setValue(field: HTMLInputElement, value: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
