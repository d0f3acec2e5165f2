'use client'

import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { primaryButton } from '@/components/staff/forms/controls'
import { CodeField, UnitsField } from '@/components/staff/forms/scan-fields'
import type { FoundUnits } from '@/lib/domain/counts/count'
import { scanFormWords } from './words'

/**
 * Where units are counted: scan or type a code, Enter, how many, Enter. A scanner is a keyboard that ends in Enter, so
 * with "every scan is one unit" it needs no hand at all. Renders a `<form>`.
 *
 * @param nameBy what a code stands for, as far as this page knows.
 */
export function ScanForm({
  nameBy,
  onFound,
}: {
  nameBy: (code: string) => string | undefined
  onFound: (found: FoundUnits) => void
}) {
  const form = useRef<HTMLFormElement>(null)
  const code = useRef<HTMLInputElement>(null)
  const units = useRef<HTMLInputElement>(null)
  const began = useRef<number | null>(null)
  const [isOneEach, setOneEach] = useState(false)
  const [typed, setTyped] = useState('')
  const [said, setSaid] = useState('')

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    add()
  }

  function add(): void {
    const scanned = code.current?.value.trim() ?? ''
    if (scanned === '') return
    const ended = Date.now()
    const count = isOneEach ? 1 : Number(units.current?.value)
    const start = Math.min(began.current ?? ended, ended)
    try {
      onFound({
        id: crypto.randomUUID(),
        code: scanned,
        units: count,
        began: start,
        ended,
        withdrawn: false,
        unknown: false,
      })
      setSaid(`${count} × ${nameBy(scanned) ?? scanned}`)
    } catch {
      setSaid(scanFormWords.thisDevicesStorageIsFull)
      return
    }
    form.current?.reset()
    began.current = null
    setTyped('')
    code.current?.focus()
  }

  function goOn(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Enter' || isOneEach || event.currentTarget.value.trim() === '') return
    event.preventDefault()
    units.current?.focus()
  }

  return (
    <form ref={form} action={add} onSubmit={onSubmit} aria-label={scanFormWords.count} className="grid gap-3">
      <div className="grid grid-cols-[1fr_5.5rem_auto] items-end gap-3">
        <CodeField
          ref={code}
          onKeyDown={goOn}
          onChange={(event) => {
            began.current ??= Date.now()
            setTyped(event.currentTarget.value)
          }}
        />
        <UnitsField
          ref={units}
          name="units"
          title={scanFormWords.enterTheNumberYouCounted}
          required={!isOneEach}
          disabled={isOneEach}
          placeholder={isOneEach ? '1' : ''}
        />
        <button type="submit" className={`${primaryButton} h-12`}>
          {scanFormWords.add}
        </button>
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1 text-small">
        <label className="flex min-h-8 items-center gap-2">
          <input
            type="checkbox"
            checked={isOneEach}
            onChange={(event) => setOneEach(event.currentTarget.checked)}
            className="size-5"
          />
          {scanFormWords.everyScanIsOneUnit}
        </label>
        <p role="status" className="figures min-h-6 text-soft">
          {typed ? nameBy(typed.trim()) : said && scanFormWords.added(said)}
        </p>
      </div>
    </form>
  )
}
