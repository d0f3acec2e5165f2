import { beforeEach, expect, test, vi } from 'vitest'
import { mailSettings } from '@/lib/server/platform/env'

beforeEach(() => {
  vi.stubEnv('SMTP_URL', 'smtps://shop:secret@mail.test:465')
  vi.stubEnv('MAIL_FROM', 'Fewings <orders@fewings.test>')
  vi.stubEnv('SITE_URL', 'https://fewings.test')
})

test('without a mail server a shop sends no e-mails', () => {
  vi.stubEnv('SMTP_URL', undefined)
  expect(mailSettings()).toBeNull()
})

test('with one it has a sender and an address', () => {
  expect(mailSettings()).toEqual({
    smtpUrl: 'smtps://shop:secret@mail.test:465',
    from: 'Fewings <orders@fewings.test>',
    siteUrl: new URL('https://fewings.test'),
  })
})

test.each([
  ['SMTP_URL', 'mail.test', 'SMTP_URL is not the address of a mail server'],
  ['SMTP_URL', 'https://mail.test', 'SMTP_URL is not the address of a mail server'],
  ['MAIL_FROM', undefined, 'MAIL_FROM is not'],
  ['MAIL_FROM', 'orders', 'MAIL_FROM is not'],
  ['MAIL_FROM', 'orders@fewings.test\r\nBcc: eve@example.test', 'MAIL_FROM is not'],
  ['SITE_URL', undefined, 'SITE_URL is not'],
])('%s = %s is said when the server starts', (name, value, sentence) => {
  vi.stubEnv(name, value)
  expect(mailSettings).toThrow(sentence)
})
