'use client'

import { useEffect, useId, useRef, useState } from 'react'
import { useFindings } from '@/lib/client/documents/use-findings'

/**
 * Variants for the code field that is being typed into, by any part of their name or codes: a SKU need not be known. The
 * browser shows them and has their keys. Placed in the form of the fields. Renders a `<datalist>`; the field is a combobox
 * while it has options.
 */
export function CodeLookup() {
  const id = useId()
  const place = useRef<HTMLDataListElement>(null)
  const [field, setField] = useState<HTMLInputElement | null>(null)
  const [typed, setTyped] = useState('')
  const { findings } = useFindings(typed)
  const variants = findings.filter(({ kind }) => kind === 'variant')
  const hasOptions = variants.length > 0

  useEffect(() => {
    const form = place.current?.closest('form')
    const stop = new AbortController()
    form?.addEventListener(
      'input',
      ({ target }) => {
        if (!(target instanceof HTMLInputElement) || target.name !== 'code') return
        setField(target)
        setTyped(target.value)
      },
      stop,
    )
    form?.addEventListener('focusout', () => setTyped(''), stop)
    return () => stop.abort()
  }, [])

  useEffect(() => {
    if (!field || !hasOptions) return
    field.setAttribute('list', id)
    return () => field.removeAttribute('list')
  }, [field, hasOptions, id])

  return (
    <datalist ref={place} id={id}>
      {variants.map(({ id: variant, title, detail }) => (
        <option key={variant} value={detail}>
          {title}
        </option>
      ))}
    </datalist>
  )
}
