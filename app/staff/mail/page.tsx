import type { Metadata } from 'next'
import { mailPageWords } from '@/app/staff/words'
import { MailList } from '@/components/staff/mail/mail-list'
import { StaffPage } from '@/components/ui/layout/page'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { shopTimestamp } from '@/lib/domain/core/shop-time'
import { readOutbox } from '@/lib/server/mail/outbox'
import { mailSettings } from '@/lib/server/platform/env'
import { requireStaff } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: mailPageWords.eMails }

export default async function MailRoute() {
  await requireStaff('manager')
  const outbox = await readOutbox()
  return (
    <StaffPage gap={6}>
      <Stack as="header" gap={2}>
        <Heading level={1}>{mailPageWords.eMails}</Heading>
        <Text size="small" tone="soft" prose>
          {mailSettings() ? mailPageWords.sentByItself : mailPageWords.noMailServer}
        </Text>
        <Text size="small" figures>
          {mailPageWords.waiting(outbox.waiting)}
          {outbox.oldest_waiting_at && mailPageWords.oldest(shopTimestamp(outbox.oldest_waiting_at))}{' '}
          {mailPageWords.failed(outbox.failed)}
        </Text>
      </Stack>
      <MailList messages={outbox.messages} />
    </StaffPage>
  )
}
