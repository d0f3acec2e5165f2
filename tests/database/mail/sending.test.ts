import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { MailServer } from '@/lib/server/mail/mail-server'
import { sendDueMail } from '@/lib/server/mail/send-mail'
import { connect } from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, theProvider } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

const siteUrl = new URL('https://shop.test')

interface Got {
  to: string[]
  messageId: string | undefined
  subject: string | undefined
  text: string
  html: string
}

/** A mail server that knows no mailbox at nowhere.test. */
async function aMailServer() {
  const got: Got[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    // Senders keep connections open: nobody waits for them.
    closeTimeout: 1,
    onRcptTo({ address }, _session, done) {
      if (!address.endsWith('@nowhere.test')) return done()
      done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }))
    },
    onData(stream, { envelope }, done) {
      simpleParser(stream).then(({ messageId, subject, text = '', html }) => {
        got.push({
          ...{ messageId, subject, text, html: html || '' },
          to: envelope.rcptTo.map(({ address }) => address),
        })
        done()
      }, done)
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { got, smtpUrl: `smtp://127.0.0.1:${port}`, stop }
}

function aSender(smtpUrl: string): MailServer {
  const sender = new MailServer({ smtpUrl, from: 'Fewings <orders@fewings.test>', siteUrl })
  onTestFinished(() => sender.close())
  return sender
}

/** A guest's order, committed: another connection sends its e-mail. */
async function aPlacedOrder(email: string) {
  return sql.begin(async (tx) => {
    const { variantId } = await stockedVariant(tx, 2)
    const guest = aGuest(tx, undefined, email)
    await guest.hold(variantId, 2)
    return guest.place()
  })
}

/** Sends until nothing is due: other tests leave orders behind, too. */
async function sendAll(sender: MailServer): Promise<void> {
  while ((await sendDueMail(sender, siteUrl)) > 0);
}

const stateOf = async (orderId: string) =>
  (
    await sql`select mail.status, mail.attempts, mail.error from private.mail
      join public.order_events as event on event.id = mail.event_id
      where event.order_id = ${orderId} and mail.kind = 'order_placed'`
  )[0]

test('an order’s confirmation reaches the mail server once, with a link that opens the order', async () => {
  const server = await aMailServer()
  onTestFinished(server.stop)
  const sender = aSender(server.smtpUrl)
  const { order_id, number } = await aPlacedOrder('ada@example.test')

  await Promise.all([sendAll(sender), sendAll(aSender(server.smtpUrl))])

  const mine = server.got.filter(({ subject }) => subject?.includes(String(number)))
  expect(mine).toHaveLength(1)
  expect(mine[0]).toMatchObject({
    to: ['ada@example.test'],
    subject: `Order ${number}: thank you for your order`,
  })
  expect(await stateOf(order_id)).toEqual({ status: 'sent', attempts: 1, error: null })
  const { html = '', text = '' } = mine[0] ?? {}
  const [, token = ''] = /https:\/\/shop\.test\/orders\/[\da-f-]{36}\/key\/([\w-]{43})/.exec(html) ?? []
  expect(text).toContain(`/key/${token}`)
  expect(text).toContain('€24.00')
  const [row] =
    await sql`select private.owns_order(orders, ${token}) as yes from public.orders where id = ${order_id}`
  expect(row?.yes).toBe(true)
})

test('a parcel’s e-mail has its carrier and a link to it, and a correction the new ones', async () => {
  const server = await aMailServer()
  onTestFinished(server.stop)
  const sender = aSender(server.smtpUrl)
  const { orderId, number, handOver } = await sql.begin(async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 2)
    const { placed } = await anOrder(tx, variantId, 2, 'sandbox')
    await (await theProvider(tx))(placed.payment_id, 'captured', placed.total_minor)
    const parcel = tx.json({ carrier: 'Bike of Bo & Co', tracking_number: 'BO-0001' })
    const [row] =
      await tx`select public.fulfil_order(${placed.order_id}, ${locations[0]}, ${randomUUID()}, null,
      ${parcel}) -> 'events' -> -1 ->> 'id' as id`
    return { orderId: placed.order_id, number: placed.number, handOver: Number(row?.id) }
  })
  const mine = () => server.got.filter(({ subject }) => subject?.includes(String(number)))
  await sendAll(sender)
  const sent = mine().find(({ subject }) => subject === `Order ${number} was sent`)
  expect(sent?.text).toContain('Bike of Bo & Co')
  expect(sent?.text).toContain('Tracking number BO-0001')

  const parcel = sql.json({ carrier: 'ups', tracking_number: '1Z 999' })
  await sql`select public.change_parcel(${orderId}, ${handOver}, ${parcel}, ${randomUUID()})`
  await sendAll(sender)
  const corrected = mine().find(({ subject }) => subject === `Order ${number}: your tracking number`)
  expect(corrected?.html).toContain('href="https://www.ups.com/track?tracknum=1Z999"')
  expect(corrected?.text).not.toContain('BO-0001')
})

test('a reminder reaches the mail server once, with the time until when the items are reserved', async () => {
  const server = await aMailServer()
  onTestFinished(server.stop)
  const sender = aSender(server.smtpUrl)
  const { order_id, number } = await aPlacedOrder('ada@example.test')
  await sql`update public.payments set created_at = now() - interval '50 hours', deadline = now() + interval '22 hours'
    where order_id = ${order_id}`
  await Promise.all([sendAll(sender), sendAll(aSender(server.smtpUrl))])
  await sendAll(sender)
  const mine = server.got.filter(({ subject }) =>
    subject?.includes(`${number}: your items are reserved until`),
  )
  expect(mine).toHaveLength(1)
  expect(mine[0]?.text).toContain('We keep your items')
})

test('a mailbox that does not exist is not tried again; a mail server that is away is', async () => {
  const server = await aMailServer()
  const sender = aSender(server.smtpUrl)
  const wrong = await aPlacedOrder('ada@nowhere.test')
  await sendAll(sender)
  expect(await stateOf(wrong.order_id)).toEqual({
    status: 'failed',
    attempts: 1,
    error: '550 No such mailbox',
  })

  await server.stop()
  const late = await aPlacedOrder('ada@example.test')
  await sendAll(sender)
  expect(await stateOf(late.order_id)).toMatchObject({
    status: 'waiting',
    attempts: 1,
    error: expect.stringContaining('ECONNREFUSED'),
  })

  const back = await aMailServer()
  onTestFinished(back.stop)
  await sendAll(aSender(back.smtpUrl))
  expect(await stateOf(late.order_id)).toMatchObject({ status: 'waiting' })
  await sql`update private.mail set due_at = due_at - interval '1 minute' from public.order_events as event
    where event.id = mail.event_id and event.order_id = ${late.order_id}`
  await sendAll(aSender(back.smtpUrl))
  expect(await stateOf(late.order_id)).toEqual({ status: 'sent', attempts: 2, error: null })
})

test('a copy that a dead server had sent already has the same Message-ID', async () => {
  const server = await aMailServer()
  onTestFinished(server.stop)
  const sender = aSender(server.smtpUrl)
  const { order_id, number } = await aPlacedOrder('ada@example.test')
  await sendAll(sender)
  // The server died before it could settle the message.
  await sql`update private.mail set status = 'waiting', settled_at = null, due_at = private.clock()
    from public.order_events as event where event.id = mail.event_id and event.order_id = ${order_id}`
  await sendAll(sender)
  const ids = server.got
    .filter(({ subject }) => subject?.includes(String(number)))
    .map(({ messageId }) => messageId)
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('the name that a customer typed is text in the message and no part of its headers', async () => {
  const server = await aMailServer()
  onTestFinished(server.stop)
  const { order_id, number } = await aPlacedOrder('ada@example.test')
  await sql`update public.orders set name = ${'<img src=x onerror=alert(1)>\r\nBcc: eve@example.test'} where id = ${order_id}`
  await sendAll(aSender(server.smtpUrl))
  const mail = server.got.find(({ subject }) => subject?.includes(String(number)))
  expect(mail?.to).toEqual(['ada@example.test'])
  expect(mail?.html).not.toContain('<img')
  expect(mail?.html).toContain('&lt;img src=x onerror=alert(1)&gt;')
})
