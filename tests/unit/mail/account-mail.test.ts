import { expect, test } from 'vitest'
import { DueAccountMail } from '@/lib/domain/mail/mail'
import { letterOf } from '@/lib/server/mail/send-mail'

const siteUrl = new URL('https://shop.test')
const token = 'a'.repeat(64)

function aMail(kind: DueAccountMail['kind'], account: Partial<DueAccountMail['account']> = {}) {
  return DueAccountMail.parse({
    message_id: 9,
    lease: '00000000-0000-4000-8000-000000000001',
    kind,
    account: { to: 'ada@example.test', token, ...account },
  })
}

const invitation = { name: 'Ann', invited_by: 'Bo' }

test.each([
  ['the confirmation of an address', aMail('confirm_address'), `/account/confirm/signup/${token}`],
  ['a new password', aMail('reset_password'), `/account/reset/${token}`],
  [
    'the new address of a change',
    aMail('change_address', { new_address: 'ada@example.test' }),
    `/account/confirm/email_change/${token}`,
  ],
  [
    'the current address of a change',
    aMail('change_address', { new_address: 'ada@new.test' }),
    `/account/confirm/email_change/${token}`,
  ],
  ['an invitation', aMail('staff_invitation', invitation), `/staff/join/${token}`],
])('%s reads well as plain text, and links to its page in both parts', async (_, mail, path) => {
  const letter = await letterOf(mail, siteUrl, 'Fewings')
  expect(letter).toMatchObject({ to: 'ada@example.test', messageId: '<account-9@shop.test>' })
  expect(letter.html).toContain(`href="https://shop.test${path}"`)
  expect(letter.text).toContain(`https://shop.test${path}`)
  expect(letter.html).not.toMatch(/undefined|null|\[object|NaN/)
  expect(`${letter.subject}\n\n${letter.text}`).toMatchSnapshot()
})

test('the name of an invited person is text and no markup', async () => {
  const letter = await letterOf(
    aMail('staff_invitation', { ...invitation, name: '<b>Ann</b>' }),
    siteUrl,
    'F',
  )
  expect(letter.html).not.toContain('<b>Ann')
  expect(letter.html).toContain('&lt;b&gt;Ann')
})
