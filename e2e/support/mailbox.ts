import { expect } from '@/e2e/support/fixtures'

interface Message {
  to: string
  subject: string
  text: string
}

/** Only the embedded Supabase has a mailbox that tests can read. */
export const hasMailbox = Boolean(process.env.SMTP_URL)

/** The latest e-mail whose subject matches, to this address if one is given. */
export async function messageWith(subject: RegExp, to?: string): Promise<Message | undefined> {
  const mailbox = new URL('/mailbox/messages', process.env.NEXT_PUBLIC_SUPABASE_URL)
  const messages: Message[] = await (await fetch(mailbox)).json()
  return messages.find((each) => (to === undefined || each.to === to) && subject.test(each.subject))
}

/** Awaits the e-mail with this subject, and the link in it that matches. */
export async function linkIn(link: RegExp, subject: RegExp, to?: string): Promise<string> {
  let found = ''
  await expect
    .poll(
      async () => {
        found = link.exec((await messageWith(subject, to))?.text ?? '')?.[0] ?? ''
        return found
      },
      { timeout: 20_000 },
    )
    .not.toBe('')
  return found
}
