/** Codes that mean the same, row by row, and codes that do not: the rule of lib/domain/codes and of private.code_key. */
export const sameCodes: readonly (readonly [name: string, ...codes: string[]])[] = [
  ['UPC-A, EAN-13 and GTIN-14', '036000291452', '0036000291452', '00036000291452'],
  ['GTIN-8 and its GTIN-14', '96385074', '00000096385074'],
  ['an EAN-13 with spaces, as on its label', '4006381333931', '4 006381 333931', '04006381333931'],
  ['full-width digits', '4006381333931', '４００６３８１３３３９３１'],
  [
    'invisible characters',
    '4006381333931',
    '\u200e4006381333931\u200b',
    '\ufeff4006381\u00ad333931',
    '\u202a4006381333931\u202c',
  ],
  ['case', 'QL-1', 'ql-1', 'Ql-1'],
  ['spaces around and inside', 'BAG RED', ' bag  red ', 'bag\u00a0red', 'bag\tred'],
  ['ISBN-10, ISBN-13 and EAN', '3-16-148410-X', '316148410x', '978-3-16-148410-0', '9783161484100'],
  ['ISSN and its EAN', '0378-5955', '9770378595002'],
]

export const otherCodes: readonly (readonly [name: string, one: string, other: string])[] = [
  ['an EAN with a wrong check digit', '4006381333931', '4006381333932'],
  ['a SKU of five digits and the same with a zero', '22423', '022423'],
  ['a GTIN with a wrong check digit and its longer form', '036000291453', '0036000291453'],
  ['hyphens in a SKU', 'QL-1', 'QL1'],
  ['accents', 'ÉTÉ', 'ETE'],
  ['a lost zero', '36000291452', '036000291452'],
]
