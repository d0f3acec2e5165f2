'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { SideDialog } from '@/components/ui/feedback/side-dialog'
import { Input } from '@/components/ui/forms/controls'
import { OptionFrame, OptionList } from '@/components/ui/forms/option-list'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { useFindings } from '@/lib/client/documents/use-findings'
import { useCombobox } from '@/lib/client/hooks/use-combobox'
import { findingAddress, matchingTasks, type Task } from '@/lib/domain/finder/finding'
import { findingWords, finderWords as words } from './words'

/** Finds what staff open, and starts their tasks: a field with the keys of a combobox. Renders a `<dialog>`. */
export function Finder({ tasks, onClose }: { tasks: readonly Task[]; onClose: () => void }) {
  const router = useRouter()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const { findings, hasFailed, isDone } = useFindings(text)
  const options = [
    ...findings.map((finding) => ({ href: findingAddress(finding), text: findingWords(finding) })),
    ...matchingTasks(tasks, text).map(({ href, name }) => ({ href, text: name })),
  ]
  const { id, isShown, chosen, take } = useCombobox(field, {
    options: options.length,
    startsOpen: true,
    onType: setText,
    onTake: (at) => {
      onClose()
      router.push((options[at]?.href ?? '/staff') as Route)
    },
  })
  useEffect(() => field.current?.focus(), [])
  const isEmpty = isDone && options.length === 0

  return (
    <SideDialog isOpen aria-label={words.title} onClose={onClose}>
      <Stack gap={4}>
        <Row gap={4} spread align="center">
          <Heading level={2} size="title">
            {words.title}
          </Heading>
          <Button type="button" onClick={onClose}>
            {words.close}
          </Button>
        </Row>
        <OptionFrame>
          <Input ref={field} size="tall" isWide type="search" aria-label={words.label} maxLength={120} />
          {isShown && (
            <OptionList
              id={id}
              label={words.results}
              options={options.map(({ href, text: name }) => ({ key: href, text: name }))}
              chosen={chosen}
              onChoose={take}
            />
          )}
        </OptionFrame>
        <Text size="small" tone="soft" role="status">
          {isEmpty ? words.nothing : isShown ? words.found(options.length) : ''}
        </Text>
        <Problem>{hasFailed && words.failed}</Problem>
      </Stack>
    </SideDialog>
  )
}
