import 'server-only'
import { render, toPlainText } from '@react-email/render'
import { z } from 'zod'
import { type DueAccountMail, DueMail, type DueOrderMail } from '@/lib/domain/mail/mail'
import { mailSettings } from '@/lib/server/platform/env'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { repeat } from '@/lib/server/platform/repeat'
import { secretClient } from '@/lib/server/platform/supabase'
import { readShop } from '@/lib/server/settings/shop-row'
import { accountSayings } from './account-words'
import { MailFrame } from './mail-frame'
import { type Letter, MailServer, type Rejection } from './mail-server'
import { OrderMail } from './order-mail'
import { pace } from './pace'
import { sayings } from './words'

const everyMs = 2_000
const messagesPerCall = 20

/** Sends the e-mails that the database owes, for as long as this server lives. Does nothing without a mail server. */
export function startMail(): void {
  const settings = mailSettings()
  if (!settings) return
  const server = new MailServer(settings)
  repeat(everyMs, 'E-mails could not be sent', async () => {
    while ((await sendDueMail(server, settings.siteUrl)) === messagesPerCall);
  })
}

/**
 * Sends the messages that are due, at most twenty, and settles each. Resolves with how many it took. A message whose
 * server died after handing it over is sent again when its lease ends, with the same Message-ID.
 */
export async function sendDueMail(server: MailServer, siteUrl: URL): Promise<number> {
  const client = secretClient()
  const taken = rowsOrThrow('take_mail', await client.rpc('take_mail', { at_most: messagesPerCall }))
  const due = z.array(DueMail).parse(taken)
  const shopName = due.length > 0 ? (await readShop()).name : ''
  const shoppersFirst = pace()
  for (const mail of due) {
    await shoppersFirst()
    const rejection = await deliver(mail, server, siteUrl, shopName)
    const settled = await client.rpc('settle_mail', {
      message_id: mail.message_id,
      lease: mail.lease,
      ...(rejection && { error: rejection.error, is_final: rejection.isFinal }),
    })
    rowsOrThrow('settle_mail', settled)
  }
  return due.length
}

/** A message that cannot be written must not stop the others: it counts as not taken, for now. */
async function deliver(
  mail: DueMail,
  server: MailServer,
  siteUrl: URL,
  shopName: string,
): Promise<Rejection | null> {
  try {
    return await server.send(await letterOf(mail, siteUrl, shopName))
  } catch (cause) {
    return { error: String(cause), isFinal: false }
  }
}

/** The message as it is sent: HTML, the same as plain text, and an id that a second copy repeats. */
export async function letterOf(mail: DueMail, siteUrl: URL, shopName: string): Promise<Letter> {
  const { id, to, subject, element } =
    'order' in mail ? orderLetter(mail, siteUrl, shopName) : accountLetter(mail, siteUrl, shopName)
  const html = await render(element)
  return { messageId: `<${id}@${siteUrl.hostname}>`, to, subject, html, text: toPlainText(html) }
}

function orderLetter(mail: DueOrderMail, siteUrl: URL, shop: string) {
  const { order, order_token, event } = mail
  const path = order_token ? `/orders/${order.order_id}/key/${order_token}` : `/orders/${order.order_id}`
  return {
    id: `order-event-${event.id}`,
    to: order.email,
    subject: sayings(mail, shop).subject,
    element: <OrderMail mail={mail} shop={shop} link={new URL(path, siteUrl).href} />,
  }
}

function accountLetter(mail: DueAccountMail, siteUrl: URL, shop: string) {
  const { action, note, ...says } = accountSayings(mail, shop)
  return {
    id: `account-${mail.message_id}`,
    to: mail.account.to,
    subject: says.subject,
    element: (
      <MailFrame {...says} {...{ shop, action, note }} link={new URL(accountPathOf(mail), siteUrl).href} />
    ),
  }
}

/** The page that a link about an account opens. Opening it changes nothing: mail programs look at links, too. */
function accountPathOf({ kind, account: { token } }: DueAccountMail): string {
  switch (kind) {
    case 'confirm_address':
      return `/account/confirm/signup/${token}`
    case 'change_address':
      return `/account/confirm/email_change/${token}`
    case 'reset_password':
      return `/account/reset/${token}`
    case 'staff_invitation':
      return `/staff/join/${token}`
    case 'waitlist_confirm':
    case 'waitlist_offer':
      return `/waitlist/key/${token}`
    case 'shop_answered':
      return `/messages/${token}`
  }
}
