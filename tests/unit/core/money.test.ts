import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMoney, moneyAsDecimal } from '@/lib/domain/core/money'

test('a price is written the way its currency is written', () => {
  expect(formatMoney({ minor: 4800, currency: 'EUR' })).toBe('€48.00')
  expect(formatMoney({ minor: 5, currency: 'EUR' })).toBe('€0.05')
  expect(formatMoney({ minor: 1200, currency: 'JPY' }, 'en')).toBe('¥1,200')
  expect(formatMoney({ minor: 1234, currency: 'BHD' })).toContain('1.234')
  expect(formatMoney({ minor: -250, currency: 'USD' }, 'en')).toBe('-$2.50')
  expect(formatMoney({ minor: 123_456, currency: 'EUR' }, 'de-BE')).toBe('1.234,56\u00a0€')
})

test('machines read a price as a plain decimal', () => {
  expect(moneyAsDecimal({ minor: 100_000, currency: 'EUR' })).toBe('1000.00')
  expect(moneyAsDecimal({ minor: 7, currency: 'JPY' })).toBe('7')
})

test('no cent is lost on the way to the screen, however large the amount', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (minor) => {
      const digits = moneyAsDecimal({ minor, currency: 'EUR' }).replace('.', '')
      expect(BigInt(digits)).toBe(BigInt(minor))
    }),
  )
})

test('half a cent is not an amount', () => {
  expect(() => formatMoney({ minor: 0.5, currency: 'EUR' })).toThrow(RangeError)
})
