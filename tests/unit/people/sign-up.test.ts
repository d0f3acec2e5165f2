import { readConfig } from 'embedded-supabase/config'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'
import { SignUpRequest, shortestPassword, signUpRefusal } from '@/lib/domain/people/sign-up'

test('a password takes ten characters, and an address has to be one', () => {
  const attempt = (email: string, password: string) => SignUpRequest.safeParse({ email, password }).success

  expect(attempt('ada@example.test', '1234567890')).toBe(true)
  expect(attempt('ada@example.test', '123456789')).toBe(false)
  expect(attempt('ada', '1234567890')).toBe(false)
})

test('Auth and the form ask for the same length', () => {
  expect(readConfig(ROOT).shortestPassword).toBe(shortestPassword)
})

test('what Auth says no to is said in words, and a fault of Auth is no refusal', () => {
  expect(signUpRefusal('user_already_exists')).toBe('address_taken')
  expect(signUpRefusal('weak_password')).toBe('password_too_weak')
  expect(signUpRefusal('signup_disabled')).toBe('closed')
  expect(signUpRefusal('unexpected_failure')).toBeUndefined()
})
