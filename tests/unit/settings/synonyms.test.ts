import { expect, test } from 'vitest'
import { Synonyms, synonymLines } from '@/lib/domain/settings/search'

test('synonyms are stored as one line and shown as the lines that were typed', () => {
  const stored = Synonyms.parse('sofa,  couch , two   seater\r\n\n , ,\nlamp,light,')
  expect(stored).toBe('sofa, couch, two seater; lamp, light')
  expect(synonymLines(stored)).toBe('sofa, couch, two seater\nlamp, light')
  expect(Synonyms.parse(synonymLines(stored))).toBe(stored)
  expect(Synonyms.parse(' \n ')).toBe('')
})

test('a group of one word, and more than 6000 characters, are refused', () => {
  expect(Synonyms.safeParse('sofa, couch\nlamp').success).toBe(false)
  expect(Synonyms.safeParse(`sofa, ${'x'.repeat(6000)}`).success).toBe(false)
})
