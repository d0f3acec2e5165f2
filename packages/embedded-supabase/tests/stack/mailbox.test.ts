import { connect } from 'node:net'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import type { Message } from '#mailbox/mailbox'

const API = process.env.API_URL ?? ''
const mailbox = `${API}/mailbox`

async function send(subject: string, html: string): Promise<void> {
  const transport = createTransport(process.env.SMTP_URL ?? '')
  await transport.sendMail({ from: 'a@library.test', to: 'b@library.test', subject, text: 'plain', html })
  transport.close()
}

async function messages(): Promise<Message[]> {
  return (await fetch(`${mailbox}/messages`)).json()
}

test('a message that was sent is on the page, newest first, and as JSON', async () => {
  await send('The first', '<p>one</p>')
  await send('The second', '<p>two</p>')

  const [second, first] = await messages()
  expect([first, second]).toMatchObject([
    { subject: 'The first', to: 'b@library.test', from: 'a@library.test', text: 'plain' },
    { subject: 'The second', html: '<p>two</p>' },
  ])
  const page = await (await fetch(mailbox)).text()
  expect(page.indexOf('The second')).toBeLessThan(page.indexOf('The first'))
  expect(await (await fetch(`${mailbox}/${first?.id}/html`)).text()).toBe('<p>one</p>')
  expect((await fetch(`${mailbox}/999999`)).status).toBe(404)
})

test('nothing in a message runs, loads or can be read by another page', async () => {
  await send('<script>alert(1)</script>', '<script>alert(2)</script><img src="https://elsewhere.test/x.png">')
  const [message] = await messages()

  const page = await fetch(`${mailbox}/${message?.id}`, { headers: { origin: 'https://elsewhere.test' } })
  expect(page.headers.get('access-control-allow-origin')).toBeNull()
  const html = await page.text()
  expect(html).not.toContain('<script>')
  expect(html).toContain('<iframe sandbox ')
  const part = await fetch(`${mailbox}/${message?.id}/html`)
  expect(part.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
})

test('the mail server listens on this machine alone, and survives a sender that goes away', async () => {
  const { port, hostname } = new URL(process.env.SMTP_URL ?? '')
  expect(hostname).toBe('127.0.0.1')
  const socket = connect(Number(port), hostname)
  await new Promise((resolve) => socket.once('data', resolve))
  socket.write('EHLO x\r\nMAIL FROM:<a@library.test>\r\nRCPT TO:<b@library.test>\r\nDATA\r\nSubject: cut')
  socket.resetAndDestroy()

  await send('After it', '<p>still here</p>')
  expect((await messages())[0]?.subject).toBe('After it')
})
