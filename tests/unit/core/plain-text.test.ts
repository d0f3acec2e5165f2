import { expect, test } from 'vitest'
import { plainText } from '@/lib/domain/text/plain-text'

test('a description reads as one line without its markup', () => {
  expect(plainText('<p>Pours well.</p><ul><li>1.1 litres</li><li>Salt &amp; ash</li></ul>', 160)).toBe(
    'Pours well. 1.1 litres Salt & ash',
  )
})

test('a long description ends at a word boundary', () => {
  expect(plainText('<p>Wide enough for the second coffee</p>', 20)).toBe('Wide enough for the…')
})

test('one endless word is cut anyway', () => {
  expect(plainText('x'.repeat(50), 20)).toHaveLength(20)
})
