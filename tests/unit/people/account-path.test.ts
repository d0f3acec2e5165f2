import { expect, test } from 'vitest'
import { accountPath } from '@/lib/domain/people/account-path'

const order = '/orders/0b9a2b7e-6f1c-4c9e-9d0e-3a4b5c6d7e8f'

test('signing in from an order stays below its path, where its secret is sent', () => {
  expect(accountPath('sign-in', order)).toBe(`${order}/sign-in`)
  expect(accountPath('sign-up', order)).toBe(`${order}/sign-up`)
})

test('the way to any other page is in the address', () => {
  expect(accountPath('sign-in', '/checkout')).toBe('/account/sign-in?next=%2Fcheckout')
  expect(accountPath('sign-in', `${order}/pay`)).toBe(
    `/account/sign-in?next=${encodeURIComponent(`${order}/pay`)}`,
  )
  expect(accountPath('sign-up', '/orders/..//evil')).toBe('/account/sign-up?next=%2Forders%2F..%2F%2Fevil')
})
