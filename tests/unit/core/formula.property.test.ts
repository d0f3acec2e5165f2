import fc from 'fast-check'
import { expect, test } from 'vitest'
import { disarmed, rearmed } from '@/lib/domain/text/formula'

const text = fc
  .array(fc.constantFrom('=', '+', '-', '@', "'", '\t', '\r', '\n', ';', ',', '"', ' ', 'a', '1'), {
    maxLength: 12,
  })
  .map((letters) => letters.join(''))

test.for(['=1+1', '\t=1', '\r=1', 'a;=1', 'a;;@x', 'a\n=1', ";'=1", "'=1"])(
  'no part of %j begins a formula, wherever a spreadsheet cuts it',
  (cell) => {
    for (const part of disarmed(cell).split(/[;\t\n\r]/)) expect(part).not.toMatch(/^[=+\-@]/)
  },
)

test('a cell is the same after it was written and read, and no part of it begins a formula', () => {
  fc.assert(
    fc.property(text, (cell) => {
      expect(rearmed(disarmed(cell))).toBe(cell)
      for (const part of disarmed(cell).split(/[;\t\n\r]/)) expect(part).not.toMatch(/^[=+\-@]/)
      expect(disarmed(cell)).not.toMatch(/^[\t\r]/)
    }),
  )
})
