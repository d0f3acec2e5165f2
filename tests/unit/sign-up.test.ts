import { expect, test } from 'vitest'
import { SignUpRequest, signUpRefusal } from '@/lib/domain/sign-up'

test('a password takes eight characters, and an address has to be one', () => {
  const attempt = (email: string, password: string) => SignUpRequest.safeParse({ email, password }).success

  expect(attempt('ada@example.test', '12345678')).toBe(true)
  expect(attempt('ada@example.test', '1234567')).toBe(false)
  expect(attempt('ada', '12345678')).toBe(false)
})

test('what Auth says no to is said in words, and a fault of Auth is no refusal', () => {
  expect(signUpRefusal('user_already_exists')).toBe('address_taken')
  expect(signUpRefusal('weak_password')).toBe('password_too_weak')
  expect(signUpRefusal('signup_disabled')).toBe('closed')
  expect(signUpRefusal('unexpected_failure')).toBeUndefined()
})
