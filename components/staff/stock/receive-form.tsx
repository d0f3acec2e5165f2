'use client'

import { useState } from 'react'
import { CodeHelp } from '@/components/staff/codes/code-help'
import { CodeLookup } from '@/components/staff/codes/code-lookup'
import { CodeLines, fieldsOf, focusNextField } from '@/components/staff/forms/code-lines'
import { FormStatus } from '@/components/staff/forms/form-status'
import { LocationSelect } from '@/components/staff/forms/location-select'
import { formStatusWords } from '@/components/staff/forms/words'
import { Button } from '@/components/ui/actions/button'
import { TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { receiveStock } from '@/lib/actions/staff/stock'
import { useForm } from '@/lib/client/forms/use-form'
import { useOptimisticRows } from '@/lib/client/live/hooks/use-optimistic-rows'
import { stockLevels } from '@/lib/domain/stock/live'
import type { Location } from '@/lib/domain/stock/place'
import { receiveFormWords } from './words'

/**
 * A delivery without an announcement: its note, its location, and lines with SKUs or barcodes. All lines are saved
 * or none. Renders a `<form>`.
 */
export function ReceiveForm({ locations }: { locations: readonly Location[] }) {
  const [received, setReceived] = useState(0)
  const form = useForm(receiveStock, {
    applyOptimistic: useOptimisticRows(stockLevels),
    onAnswer: (answer, { form: sent }) => {
      if (!answer.ok) return
      setReceived((count) => count + 1)
      sent?.reset()
      if (sent) fieldsOf(sent)[0]?.focus()
    },
  })

  return (
    <Stack as="form" gap={6} width="form" {...form.props} aria-label={receiveFormWords.delivery}>
      <Stack gap={4} columns={2}>
        <TextField
          label={receiveFormWords.deliveryNote}
          name="document"
          required
          maxLength={120}
          autoComplete="off"
          onKeyDown={focusNextField}
        />
        <LocationSelect label={receiveFormWords.arrivedAt} locations={locations} />
      </Stack>
      <CodeLines key={received} />
      <CodeLookup />
      <CodeHelp answer={form.isPending ? null : form.answer} />
      <Row gap={4} align="center">
        <Button kind="primary">{receiveFormWords.receiveDelivery}</Button>
        <FormStatus
          form={form}
          busy={formStatusWords.saving}
          done={formStatusWords.saved}
          locations={locations}
        />
      </Row>
    </Stack>
  )
}
