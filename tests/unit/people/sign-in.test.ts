import { expect, test } from 'vitest'
import { signInRefusal } from '@/lib/domain/people/sign-in'

test('an unknown address and a wrong password read the same', () => {
  expect(signInRefusal('user_not_found')).toBe('credentials_rejected')
  expect(signInRefusal('invalid_credentials')).toBe('credentials_rejected')
})

test('a fault of Auth is no refusal', () => {
  expect(signInRefusal('unexpected_failure')).toBeUndefined()
  expect(signInRefusal(undefined)).toBeUndefined()
})
