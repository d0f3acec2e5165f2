'use client'

import type { Route } from 'next'
import type { ReactNode } from 'react'
import { FormStatus } from '@/components/staff/forms/form-status'
import { Button } from '@/components/ui/actions/button'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { type FormAction, useForm } from '@/lib/client/forms/use-form'
import type { Refusal } from '@/lib/domain/core/refusal'
import { moved } from '@/lib/domain/settings/sorted'
import { settingsWords, sortedListWords as words } from './words'

interface Entry {
  key: string
  name: string
  href: Route
  about?: ReactNode
}

/** Entries in the shop's order, each a link to its page, with a step up and down. Renders a `<form>` with an `<ol>`. */
export function SortedList({
  label,
  entries,
  action,
}: {
  label: string
  entries: readonly Entry[]
  action: FormAction<{ ok: boolean; error?: Refusal }>
}) {
  const form = useForm(action)
  const keys = entries.map(({ key }) => key)
  function move(key: string, by: -1 | 1): void {
    const fields = new FormData()
    fields.set('order', moved(keys, key, by).join())
    form.send(fields)
  }
  return (
    <Stack gap={2} width="form">
      <LineList as="ol" aria-label={label}>
        {entries.map(({ key, name, href, about }, at) => (
          <LineItem key={key} layout="spread">
            <Stack gap={1} shrinks>
              <TextLink tone="link" href={href}>
                {name}
              </TextLink>
              <Text size="small" tone="soft" hidesEmpty>
                {about}
              </Text>
            </Stack>
            <Row gap={2} isLine>
              <Button
                type="button"
                aria-label={words.moveUp(name)}
                aria-disabled={at === 0}
                onClick={() => at > 0 && move(key, -1)}
              >
                {words.up}
              </Button>
              <Button
                type="button"
                aria-label={words.moveDown(name)}
                aria-disabled={at === entries.length - 1}
                onClick={() => at < entries.length - 1 && move(key, 1)}
              >
                {words.down}
              </Button>
            </Row>
          </LineItem>
        ))}
      </LineList>
      <FormStatus form={form} busy={settingsWords.saving} />
    </Stack>
  )
}
