import type { Route } from 'next'
import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Checkbox } from '@/components/ui/forms/check-field'
import { LineList } from '@/components/ui/layout/line-list'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { sendMailAgain } from '@/lib/actions/staff/mail'
import { shopTimestamp } from '@/lib/domain/core/shop-time'
import type { Outbox } from '@/lib/domain/mail/mail'
import { mailKindWords, mailListWords } from './words'

/** The e-mails that could not be sent, the latest first, with a choice of those to send again. Renders a `<form>`. */
export function MailList({ messages }: { messages: Outbox['messages'] }) {
  if (messages.length === 0)
    return (
      <Text size="small" tone="soft">
        {mailListWords.allSent}
      </Text>
    )
  return (
    <ActionForm action={sendMailAgain} done={mailListWords.willBeSentAgain} layout="fields">
      <LineList>
        {messages.map((mail) => (
          <li
            key={mail.message_id}
            className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 border-line border-b py-3 text-small tablet:grid-cols-[auto_1fr_1.4fr_2fr]"
          >
            {mail.status === 'failed' && mail.number !== null ? (
              <Checkbox
                size="large"
                name="message"
                value={mail.message_id}
                aria-label={mailListWords.select(mailKindWords[mail.kind], mail.number)}
                className="self-center"
              />
            ) : (
              <span />
            )}
            <span>
              {mailKindWords[mail.kind]}
              <Text as="time" size="fine" tone="soft" figures block dateTime={mail.created_at}>
                {shopTimestamp(mail.created_at)}
              </Text>
            </span>
            <span className="wrap-anywhere max-tablet:col-start-2">
              {mail.number === null ? (
                mail.status === 'failed' && mailListWords.toAccount
              ) : (
                <>
                  <TextLink tone="link" href={`/staff/orders/${mail.order_id}` as Route}>
                    {mailListWords.order(mail.number)}
                  </TextLink>
                  <Text as="span" block>
                    {mail.email}
                  </Text>
                </>
              )}
            </span>
            <span className="wrap-anywhere max-tablet:col-start-2">
              {mail.error}
              <Text as="span" size="fine" tone="soft" block>
                {mail.status === 'failed'
                  ? mailListWords.gaveUp(mail.attempts)
                  : mailListWords.triesAgain(mail.attempts)}
              </Text>
            </span>
          </li>
        ))}
      </LineList>
      {messages.some(({ status, number }) => status === 'failed' && number !== null) && (
        <div>
          <Button>{mailListWords.sendSelectedAgain}</Button>
        </div>
      )}
    </ActionForm>
  )
}
