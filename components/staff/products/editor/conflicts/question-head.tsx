'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'

/** The subject of a question, which is read out and focused first. Renders a heading and a `<p>`. */
export function QuestionHead({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <Stack as="header" gap={2}>
      <Heading level={2} ref={heading} tabIndex={-1}>
        {title}
      </Heading>
      <Text size="small" tone="soft" prose>
        {children}
      </Text>
    </Stack>
  )
}
