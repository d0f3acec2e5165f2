'use client'

import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { codeWords } from '@/components/staff/codes/words'
import { CodeField, UnitsField } from '@/components/staff/forms/scan-fields'
import { Button } from '@/components/ui/actions/button'
import { CheckField } from '@/components/ui/forms/check-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { newId } from '@/lib/client/browser/capabilities'
import { playTone } from '@/lib/client/hooks/play-tone'
import { setValue, useScanner } from '@/lib/client/hooks/use-scanner'
import { isUnlikely } from '@/lib/domain/codes/quantity'
import type { FoundUnits } from '@/lib/domain/counts/count'
import { scanFormWords } from './words'

type Names = (code: string) => string | undefined

/**
 * Where units are counted: scan or type a code, Enter, how many, Enter. A scanner is a keyboard that ends in Enter,
 * so with "every scan is one unit" it needs no hand at all. Renders a `<form>`.
 *
 * @param nameBy the name of a code, as far as this page knows it.
 */
export function ScanForm({ nameBy, onFound }: { nameBy: Names; onFound: (found: FoundUnits) => void }) {
  const { form, code, units, began, isOneEach, setOneEach, typed, setTyped, said, unlikely, ...entry } =
    useScanEntry(nameBy, onFound)
  return (
    <Stack
      as="form"
      gap={3}
      ref={form}
      action={entry.add}
      onSubmit={entry.onSubmit}
      aria-label={scanFormWords.count}
    >
      <div className="grid grid-cols-[1fr_5.5rem_auto] items-end gap-3">
        <CodeField
          ref={code}
          onKeyDown={entry.focusNextField}
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
        <Button kind="primary" size="tall">
          {scanFormWords.add}
        </Button>
      </div>
      {unlikely !== null && (
        <Text size="small" tone="low" role="alert">
          {codeWords.pressAgain(unlikely)}
        </Text>
      )}
      <Row gap="wide" align="center" size="small">
        <CheckField
          label={scanFormWords.everyScanIsOneUnit}
          checked={isOneEach}
          onChange={(event) => setOneEach(event.currentTarget.checked)}
        />
        <p role="status" className="figures min-h-6 text-soft">
          {typed ? nameBy(typed.trim()) : said}
        </p>
      </Row>
    </Stack>
  )
}

/** The state of the scan form, and what adds an entry. */
function useScanEntry(nameBy: Names, onFound: (found: FoundUnits) => void) {
  const form = useRef<HTMLFormElement>(null)
  const code = useRef<HTMLInputElement>(null)
  const units = useRef<HTMLInputElement>(null)
  const began = useRef<number | null>(null)
  const [isOneEach, setOneEach] = useState(false)
  const [typed, setTyped] = useState('')
  const [said, setSaid] = useState('')
  const [unlikely, setUnlikely] = useState<number | null>(null)

  useScanner(
    (field) => field === code.current,
    (text, field) => {
      if (!code.current) return
      setValue(code.current, text)
      if (field === units.current) setSaid(codeWords.movedCode(text))
      if (isOneEach) add()
      else units.current?.focus()
    },
  )

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    add()
  }

  function add(): void {
    const scanned = code.current?.value.trim() ?? ''
    if (scanned === '') return
    const ended = Date.now()
    const count = isOneEach ? 1 : Number(units.current?.value)
    const isCode = (text: string) => nameBy(text) !== undefined
    if (isUnlikely(count, isCode) && unlikely !== count) {
      setUnlikely(count)
      playTone('refused')
      return
    }
    setUnlikely(null)
    const start = Math.min(began.current ?? ended, ended)
    onFound({
      id: newId(),
      code: scanned,
      units: count,
      began: start,
      ended,
      withdrawn: false,
      unknown: false,
    })
    setSaid(scanFormWords.added(`${count} × ${nameBy(scanned) ?? scanned}`))
    playTone('accepted')
    form.current?.reset()
    began.current = null
    setTyped('')
    code.current?.focus()
  }

  function focusNextField(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Enter' || isOneEach || event.currentTarget.value.trim() === '') return
    event.preventDefault()
    units.current?.focus()
  }

  return {
    form,
    code,
    units,
    began,
    isOneEach,
    setOneEach,
    typed,
    setTyped,
    said,
    unlikely,
    add,
    onSubmit,
    focusNextField,
  }
}
