import type { Metadata } from 'next'
import { mailPageWords } from '@/app/staff/words'
import { MailList } from '@/components/staff/mail/mail-list'
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
    <main className="page grid gap-6 py-8">
      <header className="grid gap-2">
        <h1 className="display text-heading">{mailPageWords.eMails}</h1>
        <p className="max-w-prose text-small text-soft">
          {mailSettings() ? mailPageWords.sentByItself : mailPageWords.noMailServer}
        </p>
        <p className="figures text-small">
          {mailPageWords.waiting(outbox.waiting)}
          {outbox.oldest_waiting_at && mailPageWords.oldest(shopTimestamp(outbox.oldest_waiting_at))}{' '}
          {mailPageWords.failed(outbox.failed)}
        </p>
      </header>
      <MailList messages={outbox.messages} />
    </main>
  )
}
