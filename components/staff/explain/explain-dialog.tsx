'use client'

import { type FormEvent, type MouseEvent, useRef } from 'react'
import { Button } from '@/components/ui/actions/button'
import { SideDialog } from '@/components/ui/feedback/side-dialog'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
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
 * The parts of a number in the grid, beside the list; read again whenever its level changes. The links and the form
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
  const isOpen = question !== null && entry !== undefined
  return (
    <SideDialog isOpen={isOpen} onClose={() => onAsk(null)} aria-labelledby="explained">
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
    </SideDialog>
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
    // The clicks are those of links, which Enter follows too.
    <Stack gap={5} onClick={followLink} onSubmit={lookBack}>
      <Row gap={4} align="start" isLine>
        <Heading level={2} ref={heading} id="explained" tabIndex={-1}>
          {quantityWords[question.quantity]}
          <span className="block font-sans text-fine text-soft tracking-normal">
            {nameOf(entry)}, {place}
          </span>
        </Heading>
        <Button place="end" type="button" onClick={() => onAsk(null)}>
          {explainDialogWords.close}{' '}
        </Button>
      </Row>
      {explanation && (
        <ExplanationView explanation={explanation} locations={locations} names={names} role={role} />
      )}
      {hasFailed && (
        <Text size="small" tone="danger" role="alert">
          {explainDialogWords.weCouldntLoadThisClose}
        </Text>
      )}
    </Stack>
  )
}
