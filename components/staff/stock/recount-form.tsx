'use client'

import { useState } from 'react'
import { FormStatus } from '@/components/staff/forms/form-status'
import { formStatusWords } from '@/components/staff/forms/words'
import { useUndo } from '@/components/staff/shell/undo'
import { Button } from '@/components/ui/actions/button'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { recountStock } from '@/lib/actions/staff/stock'
import { type Sent, useForm } from '@/lib/client/forms/use-form'
import { useOptimisticRows } from '@/lib/client/live/hooks/use-optimistic-rows'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import { stockLevels } from '@/lib/domain/stock/live'
import type { Location } from '@/lib/domain/stock/place'
import type { StockLevel } from '@/lib/domain/stock/stock'
import type { StockAnswer } from '@/lib/domain/stock/stock-request'
import { LevelField } from './level-field'
import { RecountConflict } from './recount-conflict'
import { useLevels } from './use-levels'
import { recountFormWords } from './words'

/**
 * Sets one level to what was counted, provided it is still what it was when the counting began: when the field was
 * first entered. Otherwise the person sees what moved and chooses. Renders a `<form>`.
 */
export function RecountForm({ entry, location }: { entry: InventoryEntry; location: Location }) {
  const level = useLevels(entry).at(location.id)
  const [began, setBegan] = useState<StockLevel | null>(null)
  const remember = useUndo()
  const applyOptimistic = useOptimisticRows(stockLevels)
  const form = useForm(recountStock, { applyOptimistic, onAnswer })
  const conflict =
    form.answer?.ok === false && form.answer.error.code === 'stock_moved' ? form.answer.error.detail : null
  const seen = conflict ?? began ?? level

  function onAnswer(answer: StockAnswer, { fields, form: sent, key }: Sent): void {
    if (!answer.ok) return
    const counted = Number(fields.get('counted'))
    const delta = counted - Number(fields.get('expected'))
    const id = `${entry.variant_id}@${location.id}`
    const words = recountFormWords.counted(counted, nameOf(entry), location.name)
    if (delta !== 0) remember({ key, words, level: { id, delta } })
    sent?.reset()
    setBegan(null)
  }

  return (
    <Stack
      as="form"
      gap={2}
      {...form.props}
      aria-label={recountFormWords.count(nameOf(entry), location.name)}
    >
      <input type="hidden" name="variant_id" value={entry.variant_id} />
      <input type="hidden" name="location_id" value={location.id} />
      <input type="hidden" name="expected" value={seen.on_hand} />
      <input type="hidden" name="ledger_position" value={seen.ledger_position} />
      {conflict ? (
        <RecountConflict conflict={conflict} location={location} />
      ) : (
        <Row align="center" size="small">
          <LevelField
            location={location.name}
            units={level.on_hand}
            unitsAre={recountFormWords.onHand}
            name="counted"
            title={recountFormWords.enterTheNumberYouCounted}
            placeholder={recountFormWords.counted2}
            aria-label={recountFormWords.counted3(nameOf(entry), location.name)}
            onFocus={() => setBegan((earlier) => earlier ?? level)}
          />
          <Button kind="primary">{recountFormWords.set}</Button>
          {began && began.on_hand !== level.on_hand && (
            <Text as="span" tone="low">
              {recountFormWords.itWas} {began.on_hand} {recountFormWords.whenYouStarted}
            </Text>
          )}
        </Row>
      )}
      {!conflict && (
        <FormStatus
          form={form}
          busy={formStatusWords.saving}
          done={formStatusWords.saved}
          locations={[location]}
        />
      )}
    </Stack>
  )
}
