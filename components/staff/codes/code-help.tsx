'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/actions/button'
import { Notice } from '@/components/ui/feedback/notice'
import { Text } from '@/components/ui/text/text'
import { playTone } from '@/lib/client/hooks/play-tone'
import { setValue, useScanner } from '@/lib/client/hooks/use-scanner'
import { type CodeChoice, codeToSend } from '@/lib/domain/codes/choice'
import { readScan } from '@/lib/domain/codes/scan'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'
import { withScanned } from '@/lib/domain/stock/code-lines'
import { CodeChoices } from './code-choices'
import { codeWords, gs1Words } from './words'

/**
 * The help that a form with fields named `code` and `quantity` gets for a scanner, placed inside the form: codes scanned
 * anywhere on the page go to its next empty code field, a code that several variants have is chosen by a person, an
 * unlikely quantity is confirmed, and the answer has a tone. Renders a live region, and choices while something is asked.
 *
 * @param answer the answer to the last submission; null before the first and while one is in progress.
 */
export function CodeHelp({ answer }: { answer: Result<unknown, Refusal> | null }) {
  const place = useRef<HTMLDivElement>(null)
  const scanned = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState('')
  const form = () => place.current?.closest('form') ?? null

  useEffect(() => {
    if (answer) playTone(answer.ok ? 'accepted' : 'refused')
    if (answer?.ok && scanned.current) scanned.current.value = ''
  }, [answer])

  useScanner(
    (field) => field.name === 'code' && field.form === form(),
    (text, field) => {
      const codes = codeFields(form())
      const target = codes.find(isEmpty) ?? codes.at(-1)
      if (!target) return
      setValue(target, text)
      target.focus()
      const { gs1 } = readScan(text)
      setSaid(field?.name === 'quantity' ? codeWords.movedCode(text) : gs1Words(gs1))
    },
  )

  function sendAgain(ambiguous: string, chosen: string): void {
    const codes = codeFields(form())
    const target = codes.find(({ value }) => readScan(value).code === ambiguous) ?? codes.find(isEmpty)
    if (!target || !scanned.current) return
    scanned.current.value = withScanned(scanned.current.value, target.value, chosen)
    setValue(target, chosen)
    form()?.requestSubmit()
  }

  const refusal = answer?.ok === false ? answer.error : null
  return (
    <>
      <input ref={scanned} type="hidden" name="scanned" defaultValue="" />
      <div ref={place} className="grid gap-3 empty:hidden">
        <Text size="small" tone="low" hidesEmpty role="status">
          {said}
        </Text>
        {refusal?.code === 'ambiguous_code' && (
          <CodeChoices
            code={refusal.detail.code}
            choices={refusal.detail.choices}
            onChoose={(choice: CodeChoice) =>
              sendAgain(refusal.detail.code, codeToSend(choice, refusal.detail.code))
            }
          />
        )}
        {refusal?.code === 'quantity_unlikely' && <ConfirmQuantity refusal={refusal} form={form} />}
      </div>
    </>
  )
}

function ConfirmQuantity({
  refusal,
  form,
}: {
  refusal: Extract<Refusal, { code: 'quantity_unlikely' }>
  form: () => HTMLFormElement | null
}) {
  const sure = useRef<HTMLInputElement>(null)
  const { quantity, choices } = refusal.detail
  const [choice] = choices

  /** Confirms this one request: another quantity is asked about again. */
  function confirm(): void {
    if (!sure.current) return
    sure.current.value = 'on'
    form()?.requestSubmit()
    sure.current.value = ''
  }

  return (
    <Notice role="alert" tone="low">
      <p>{choice ? codeWords.isAlsoCode(quantity, choice) : codeWords.isLarge(quantity)}</p>
      <input ref={sure} type="hidden" name="sure" value="" />
      <Button type="button" onClick={confirm}>
        {codeWords.saveQuantity(quantity)}
      </Button>
    </Notice>
  )
}

const isEmpty = ({ value }: HTMLInputElement) => value === ''

function codeFields(form: HTMLFormElement | null): HTMLInputElement[] {
  return [...(form?.querySelectorAll<HTMLInputElement>('input[name=code]') ?? [])]
}
