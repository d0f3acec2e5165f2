import type { ReactNode } from 'react'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'

/** A file that leaves the shop. Renders a `<form>`: a browser saves the response. */
export function ExportForm({
  file,
  title,
  about,
  children,
}: {
  file: 'inventory' | 'orders' | 'products'
  title: string
  about: string
  children: ReactNode
}) {
  return (
    <Stack as="form" gap={3} atTop action={`/staff/export/${file}.csv`}>
      <Heading level={2}>{title}</Heading>
      <Text size="small" tone="soft">
        {about}
      </Text>
      {children}
    </Stack>
  )
}
