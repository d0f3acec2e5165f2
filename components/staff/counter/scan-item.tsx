'use client'

import type { FormEvent } from 'react'
import { CodeHelp } from '@/components/staff/codes/code-help'
import { FormStatus } from '@/components/staff/forms/form-status'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { Button } from '@/components/ui/actions/button'
import { TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { findSaleItem } from '@/lib/actions/staff/order-desk'
import { useForm } from '@/lib/client/forms/use-form'
import { counterWords as words } from './words'

/** The scan field of a sale: each scan adds one unit, and the field is empty again at once. Renders a `<form>`. */
export function ScanItem({ onFound }: { onFound: (variantId: string) => void }) {
  const form = useForm(findSaleItem, {
    requests: 'each',
    onAnswer: (answer) => answer.ok && onFound(answer.data),
  })

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    form.props.onSubmit(event)
    event.currentTarget.reset()
  }

  return (
    <Stack as="form" gap={2} {...form.props} onSubmit={onSubmit} aria-label={words.scan}>
      <TextField
        id="code"
        label={words.scanOrSearch}
        name="code"
        required
        maxLength={500}
        autoFocus
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="next"
        size="tall"
        content="code"
      />
      <Button kind="primary" size="tall" place="start">
        {words.add}
      </Button>
      <CodeHelp answer={form.isPending ? null : form.answer} />
      <FormStatus
        form={form}
        look="line"
        words={(refusal, locations) =>
          refusal.code === 'invalid_input' && typeof refusal.detail.value === 'string'
            ? words.unknown(refusal.detail.value)
            : refusalWords(refusal, locations)
        }
      />
    </Stack>
  )
}
