'use client'

import { type FormEvent, type MouseEvent, useEffect, useRef } from 'react'
import { quietButton } from '@/components/staff/forms/controls'
import { useExplanation } from '@/lib/client/documents/use-explanation'
import { momentOfWallTime } from '@/lib/domain/core/shop-time'
import type { StaffRole } from '@/lib/domain/people/staff'
import { nameOf } from '@/lib/domain/products/variant-name'
import { type ExplainQuestion, Quantity } from '@/lib/domain/stock/explanation'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import type { Location } from '@/lib/domain/stock/place'
import { ExplanationView } from './explanation-view'
import { explainDialogWords, quantityWords } from './words'

/**
 * What a number of the grid is made of, beside the list; asked again whenever its level changes. The links and the form
 * inside ask here instead of leaving the page. Renders a `<dialog>`, closed while there is no question.
 *
 * @param onAsk called with the next question; null closes.
 */
export function ExplainDialog({
  question,
  entry,
  locations,
  names,
  role,
  onAsk,
}: {
  question: ExplainQuestion | null
  entry: InventoryEntry | undefined
  locations: readonly Location[]
  names: Readonly<Record<string, string>>
  role: StaffRole
  onAsk: (question: ExplainQuestion | null) => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const isOpen = question !== null && entry !== undefined
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])

  return (
    <dialog
      ref={dialog}
      onClose={() => onAsk(null)}
      aria-labelledby="explained"
      className="m-0 ms-auto h-dvh max-h-none w-full max-w-136 overflow-y-auto overscroll-contain border-line border-s bg-paper p-6 text-ink backdrop:bg-on-sun/40"
    >
      {isOpen && (
        <Answer
          question={question}
          entry={entry}
          locations={locations}
          names={names}
          role={role}
          onAsk={onAsk}
        />
      )}
    </dialog>
  )
}

function Answer({
  question,
  entry,
  locations,
  names,
  role,
  onAsk,
}: {
  question: ExplainQuestion
  entry: InventoryEntry
  locations: readonly Location[]
  names: Readonly<Record<string, string>>
  role: StaffRole
  onAsk: (question: ExplainQuestion | null) => void
}) {
  const { explanation, hasFailed } = useExplanation(question, entry.levels)
  const heading = useRef<HTMLHeadingElement>(null)
  const place = locations.find(({ id }) => id === question.location_id)?.name

  /** The pressed link goes with its explanation: the focus moves to the new one. */
  function askNext(next: ExplainQuestion): void {
    heading.current?.focus()
    onAsk(next)
  }

  function followLink(event: MouseEvent<HTMLElement>): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const quantity = Quantity.safeParse(link?.dataset.quantity)
    if (!link || !quantity.success || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    askNext({ ...question, quantity: quantity.data, at: link.dataset.now === undefined ? question.at : null })
  }

  function lookBack(event: FormEvent<HTMLElement>): void {
    if (!(event.target instanceof HTMLFormElement)) return
    event.preventDefault()
    askNext({ ...question, at: momentOfWallTime(String(new FormData(event.target).get('wall'))) })
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: what is clicked is a link, which Enter clicks too.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to the links and the form inside.
    <div onClick={followLink} onSubmit={lookBack} className="grid gap-5">
      <div className="flex items-start gap-4">
        <h2 ref={heading} id="explained" tabIndex={-1} className="display text-title">
          {quantityWords[question.quantity]}
          <span className="block font-sans text-fine text-soft tracking-normal">
            {nameOf(entry)}, {place}
          </span>
        </h2>
        <button type="button" onClick={() => onAsk(null)} className={`${quietButton} ms-auto`}>
          {explainDialogWords.close}{' '}
        </button>
      </div>
      {explanation && (
        <ExplanationView explanation={explanation} locations={locations} names={names} role={role} />
      )}
      {hasFailed && (
        <p role="alert" className="text-danger text-small">
          {explainDialogWords.weCouldntLoadThisClose}
        </p>
      )}
    </div>
  )
}
