import type { Route } from 'next'
import { ActionForm } from '@/components/staff/forms/action-form'
import { quietButton } from '@/components/staff/forms/controls'
import { Link } from '@/components/ui/link'
import { sendMailAgain } from '@/lib/actions/staff/mail'
import { shopTimestamp } from '@/lib/domain/core/shop-time'
import type { Outbox } from '@/lib/domain/mail/mail'
import { mailKindWords, mailListWords } from './words'

/** The e-mails that could not be sent, the latest first, with a choice of those to send again. Renders a `<form>`. */
export function MailList({ messages }: { messages: Outbox['messages'] }) {
  if (messages.length === 0) return <p className="text-small text-soft">{mailListWords.allSent}</p>
  return (
    <ActionForm action={sendMailAgain} done={mailListWords.willBeSentAgain} className="grid gap-4">
      <ul className="grid border-line border-t">
        {messages.map((mail) => (
          <li
            key={mail.message_id}
            className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 border-line border-b py-3 text-small tablet:grid-cols-[auto_1fr_1.4fr_2fr]"
          >
            {mail.status === 'failed' ? (
              <input
                type="checkbox"
                name="message"
                value={mail.message_id}
                aria-label={mailListWords.select(mailKindWords[mail.kind], mail.number)}
                className="size-6 self-center"
              />
            ) : (
              <span />
            )}
            <span>
              {mailKindWords[mail.kind]}
              <time dateTime={mail.created_at} className="figures block text-fine text-soft">
                {shopTimestamp(mail.created_at)}
              </time>
            </span>
            <span className="wrap-anywhere max-tablet:col-start-2">
              <Link href={`/staff/orders/${mail.order_id}` as Route} className="underlined text-link">
                {mailListWords.order(mail.number)}
              </Link>
              <span className="block">{mail.email}</span>
            </span>
            <span className="wrap-anywhere max-tablet:col-start-2">
              {mail.error}
              <span className="block text-fine text-soft">
                {mail.status === 'failed'
                  ? mailListWords.gaveUp(mail.attempts)
                  : mailListWords.triesAgain(mail.attempts)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {messages.some(({ status }) => status === 'failed') && (
        <div>
          <button type="submit" className={quietButton}>
            {mailListWords.sendSelectedAgain}
          </button>
        </div>
      )}
    </ActionForm>
  )
}
