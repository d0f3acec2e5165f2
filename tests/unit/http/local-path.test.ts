import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localPath } from '@/lib/domain/core/local-path'

test('after signing in a person comes back to the page they asked for', () => {
  expect(localPath('/staff?q=bowl&band=low', '/staff')).toBe('/staff?q=bowl&band=low')
})

test.for([
  'https://evil.example/staff',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/staff/..//evil.example',
  'javascript:alert(1)',
  'staff',
  '',
  undefined,
])('%j never leads out of the shop', (address) => {
  expect(new URL(localPath(address, '/staff'), 'http://shop.test').origin).toBe('http://shop.test')
})

test('no address at all leads out of the shop', () => {
  fc.assert(
    fc.property(fc.string(), (rest) => {
      const url = new URL(localPath(`/${rest}`, '/staff'), 'http://shop.test')
      expect(url.origin).toBe('http://shop.test')
    }),
  )
})
