import { describe, expect, test } from 'vitest'
import { codeKey } from '@/lib/domain/codes/code'
import { goodsNote } from '@/lib/domain/codes/gs1'
import { isSameCode, keyOfScan, readScan } from '@/lib/domain/codes/scan'
import { otherCodes, sameCodes } from '@/tests/support/codes'

describe('code keys', () => {
  test.each(sameCodes)('%s compare as equal', (_, ...codes) => {
    expect([...new Set(codes.map(codeKey))]).toHaveLength(1)
  })

  test.each(otherCodes)('%s compare as different', (_, one, other) => {
    expect(codeKey(one)).not.toBe(codeKey(other))
  })

  test('a key is its own key', () => {
    for (const [, ...codes] of sameCodes)
      for (const code of codes) expect(codeKey(codeKey(code))).toBe(codeKey(code))
  })
})

describe('scans', () => {
  const gtin = '09506000134352'

  test.each([
    ['GS1-128', `]C101${gtin}17300331\u001d10AB-12`],
    ['GS1-128 with FNC1 first', `\u001d01${gtin}1730033110AB-12`],
    ['GS1 DataMatrix', `]d201${gtin}10AB-12\u001d17300331`],
    ['GS1 QR', `]Q310AB-12\u001d01${gtin}17300331`],
    ['element strings alone', `01${gtin}1730033110AB-12`],
    ['brackets', `(01)${gtin}(17)300331(10)AB-12`],
    ['brackets with spaces', `(01) ${gtin} (17) 300331 (10) AB-12`],
    ['a Digital Link', `https://id.gs1.org/01/${gtin}/10/AB-12?17=300331`],
    [
      'a Digital Link behind a symbology identifier',
      `]Q1https://shop.example/p/01/${gtin}/10/AB-12?17=300331`,
    ],
  ])('%s gives product, lot and expiry', (_, text) => {
    const { code, gs1 } = readScan(text)
    expect({ code, gs1 }).toEqual({ code: gtin, gs1: { gtin, lot: 'AB-12', expiry: '2030-03-31' } })
    expect(goodsNote(gs1)).toBe('Lot AB-12, use by 2030-03-31')
  })

  test('a box of several units gives its content and count', () => {
    expect(readScan(`]C102${gtin}3724`)).toEqual({ code: gtin, gs1: { gtin, count: 24 } })
  })

  test('a weight is read in grams', () => {
    expect(readScan(`]C101${gtin}3103001750`).gs1).toEqual({ gtin, grams: 1750 })
  })

  test('day 00 is the last of the month', () => {
    expect(readScan(`(01)${gtin}(15)280200`).gs1?.bestBefore).toBe('2028-02-29')
  })

  test('a symbology identifier alone is removed', () => {
    expect(readScan(']E04006381333931')).toEqual({ code: '4006381333931', gs1: null })
    expect(readScan(']C0QL-1')).toEqual({ code: 'QL-1', gs1: null })
  })

  test('a GS1 code with a wrong check digit is not taken apart', () => {
    expect(readScan('(01)09506000134353(10)AB').gs1).toBeNull()
  })

  test('a GS1 code and the EAN on the product mean the same', () => {
    expect(isSameCode(`]C101${gtin}10AB`, '9506000134352')).toBe(true)
  })

  test.each([
    '',
    ' ',
    ']',
    ']C1',
    '()',
    '(01)',
    '\u001d',
    '\u001d\u001d',
    '0112345678901234',
    'https://',
    '%00',
    '01',
    ']d201',
  ])('broken input %j is read without a failure', (text) => {
    expect(readScan(text).gs1).toBeNull()
  })
})

test('a separator that a scanner cannot type is read from what it types instead', () => {
  for (const sign of ['\u001d', '\u241d', '<GS>', '{GS}', '[GS]', '^]', '\\x1d'])
    expect(readScan(`]C1010400638133393110L7${sign}17271231`).gs1).toMatchObject({
      gtin: '04006381333931',
      lot: 'L7',
      expiry: '2027-12-31',
    })
})

test('an EAN in brackets is a product, and so is a magazine or book without its add-on', () => {
  expect(keyOfScan('(01)4006381333931')).toBe('04006381333931')
  expect(keyOfScan('977204936300212')).toBe('09772049363002')
  expect(keyOfScan('9783161484100 51299')).toBe('09783161484100')
  expect(keyOfScan('977204936300912')).toBe('977204936300912')
})
