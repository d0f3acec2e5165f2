import { Webhook } from 'standardwebhooks'
import { describe, expect, test, vi } from 'vitest'
import { authMailsOf } from '@/lib/domain/people/auth-mail'
import { readHook } from '@/lib/server/mail/auth-hook'
import { sendEmailHookSecret } from '@/lib/server/platform/env'

const [secret, other] = [
  'v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'v1,whsec_AAAAQ9r8GKYqrTwjUPD8ILPZIo2LaLaS',
]
const token = 'b'.repeat(64)
const recovery = JSON.stringify({
  user: { id: 1, email: 'ada@example.test', new_email: '' },
  email_data: { email_action_type: 'recovery', token: '123456', token_hash: token, token_hash_new: '' },
})

/** The headers of Auth for a body. */
function signed(body: string, { by = secret, at = new Date() } = {}): Headers {
  return new Headers({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(by.replace('v1,', '')).sign('msg_1', at, body),
  })
}

describe('a call of the hook', () => {
  test('with the signature of either secret is read', () => {
    const call = readHook(recovery, signed(recovery, { by: other }), `${secret}|${other}`)
    expect(call).toMatchObject({ id: 'msg_1', body: { user: { email: 'ada@example.test' } } })
  })

  test.each<[string, string, Headers]>([
    ['no signature', recovery, new Headers({ 'webhook-id': 'msg_1' })],
    ['another secret', recovery, signed(recovery, { by: other })],
    ['another body', recovery.replace('ada@', 'eve@'), signed(recovery)],
    ['an old time', recovery, signed(recovery, { at: new Date(Date.now() - 600_000) })],
    ['a body that is no JSON', '{', signed('{')],
    ['a body without its parts', '{"user":{}}', signed('{"user":{}}')],
    ['a long id', recovery, new Headers([...signed(recovery), ['webhook-id', 'm'.repeat(200)]])],
  ])('with %s is refused', (_, body, headers) => {
    expect(readHook(body, headers, secret)).toBeNull()
  })
})

test('a change of address goes to both mailboxes, each with its own link', () => {
  const user = { email: 'old@shop.test', new_email: 'new@shop.test' }
  const email_data = { email_action_type: 'email_change', token_hash: 'for-new', token_hash_new: 'for-old' }
  expect(authMailsOf({ user, email_data })).toEqual([
    { kind: 'change_address', recipient: 'new@shop.test', new_address: 'new@shop.test', token: 'for-new' },
    { kind: 'change_address', recipient: 'old@shop.test', new_address: 'new@shop.test', token: 'for-old' },
  ])
  expect(authMailsOf({ user, email_data: { ...email_data, token_hash_new: '' } })).toHaveLength(1)
  expect(authMailsOf({ user, email_data: { ...email_data, email_action_type: 'magiclink' } })).toBeNull()
})

test('a secret of another form is refused when the shop reads it', () => {
  vi.stubEnv('SEND_EMAIL_HOOK_SECRET', 'whsec_abc')
  expect(sendEmailHookSecret).toThrow('SEND_EMAIL_HOOK_SECRET')
  vi.stubEnv('SEND_EMAIL_HOOK_SECRET', '')
  expect(sendEmailHookSecret()).toBeNull()
})
