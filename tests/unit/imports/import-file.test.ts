import { expect, test } from 'vitest'
import { problemText } from '@/lib/domain/imports/problem'
import { parseCatalogue } from '@/lib/domain/imports/reading/parse-catalogue'
import { MAX_RECORDS } from '@/lib/domain/imports/reading/text/records'
import { csv, testProduct } from '@/tests/support/shop/catalogue-file'

const text = (content: string) => new TextEncoder().encode(content)

/** Every problem of a file as its line of text; fails when the file is accepted. */
function problems(bytes: Uint8Array): string[] {
  const file = parseCatalogue(bytes, 'EUR')
  if (file.ok) throw new Error('the file was accepted')
  return file.error.map(problemText)
}

test('an empty file is called empty', () => {
  expect(problems(text(''))).toEqual(['The file is empty.'])
  expect(problems(text('\uFEFF \r\n'))).toEqual(['The file is empty.'])
})

test('a heading with nothing below it is said to be that', () => {
  expect(problems(csv([]))).toEqual(['The file has a heading line and nothing below it.'])
})

test('missing columns are named, with what the file has instead', () => {
  expect(problems(text('Code,Name\nmug,Mug\n'))).toEqual([
    'line 1, Handle: is missing. The file has: Code, Name',
  ])
})

test.for([';', '\t', '|', ','])('a file whose cells are separated by "%s" is read', (separator) => {
  const rows = [
    ['Handle', 'Title', 'Variant Price'],
    ['mug', '"Mug, big; blue | red"', '9.99'],
  ]
  const plain = rows.map((cells) => `${cells.join(separator)}\n`).join('')
  const expected = {
    ok: true,
    data: { products: [{ title: 'Mug, big; blue | red', variants: [{ price_minor: 999 }] }] },
  }

  expect(parseCatalogue(text(plain), 'EUR')).toMatchObject(expected)
  expect(parseCatalogue(text(`sep=${separator}\n${plain}`), 'EUR')).toMatchObject(expected)
})

test('a duplicate column is refused', () => {
  expect(problems(text('Handle,Title,Variant Price,Title\nmug,Mug,1,Cup\n'))).toEqual([
    'line 1, Title: is in the file twice: remove one',
  ])
})

test('columns nobody knows are left out and said to be', () => {
  const file = parseCatalogue(csv([{ ...testProduct, 'Variant Quantity': '3', 'SEO Title': 'x' }]), 'EUR')

  expect(file).toMatchObject({
    ok: true,
    data: {
      warnings: ['Columns that the shop does not know were left out (once): Variant Quantity.'],
      keptColumns: ['SEO Title'],
      products: [{ kept: { 'SEO Title': ['x'] } }],
    },
  })
})

test('the headings of the newer format are understood, in any case', () => {
  const file = parseCatalogue(
    text(
      'TITLE,URL handle,Price,SKU,Inventory quantity,Continue selling when out of stock\nMug,mug,12,M-1,4,DENY\n',
    ),
    'EUR',
  )

  expect(file).toMatchObject({
    ok: true,
    data: { products: [{ handle: 'mug', variants: [{ sku: 'M-1', price_minor: 1200, quantity: 4 }] }] },
  })
})

test('a byte order mark and either kind of newline make no difference', () => {
  const plain = 'Handle,Title,Variant Price\nmug,Mug,9.99\nbowl,Bowl,5\n'

  const [a, b, c] = [plain, `\uFEFF${plain}`, plain.replaceAll('\n', '\r\n')].map((file) =>
    parseCatalogue(text(file), 'EUR'),
  )

  expect(a?.ok).toBe(true)
  expect(b).toEqual(a)
  expect(c).toEqual(a)
})

test('a newline inside a quoted cell is part of it, and later lines keep their numbers', () => {
  const file = text(
    'Handle,Title,Body (HTML),Variant Price\r\nmug,Mug,"<p>One</p>\r\n\r\n<p>Two</p>",9\r\n\r\nbowl,Bowl,,abc\r\n',
  )

  expect(problems(file)).toEqual([
    'line 6, Variant Price "abc": is not a price: write the number alone, like 9.99',
  ])
})

test('UTF-16 of either order and Windows-1252 are read, and a guess is told', () => {
  const plain = 'Handle,Title,Variant Price\nmug,Café,9\n'
  const units = [...plain].map((letter) => letter.charCodeAt(0))
  const little = units.flatMap((unit) => [unit & 255, unit >> 8])
  const big = units.flatMap((unit) => [unit >> 8, unit & 255])
  const cafe = { ok: true, data: { products: [{ title: 'Café' }], warnings: [] } }

  for (const bytes of [little, [0xff, 0xfe, ...little], big, [0xfe, 0xff, ...big]]) {
    expect(parseCatalogue(new Uint8Array(bytes), 'EUR')).toMatchObject(cafe)
  }
  expect(parseCatalogue(new Uint8Array(units), 'EUR')).toMatchObject({
    ok: true,
    data: { products: [{ title: 'Café' }], warnings: [expect.stringContaining('Windows-1252')] },
  })
})

test('a file in two encodings is refused', () => {
  const both = new Uint8Array([...text('Handle,Title,Variant Price\nmug,Café '), 0xe9, ...text(',9\n')])

  expect(problems(both)).toEqual([
    'line 2: There are characters that are not UTF-8 text. Save the file as "CSV UTF-8".',
  ])
})

test('a quote that never ends, continues or is alone is explained', () => {
  const heading = 'Handle,Title,Variant Price\n'

  expect(problems(text(`${heading}mug,"Mug,9\n`))).toEqual([expect.stringContaining('never ends')])
  expect(problems(text(`${heading}mug,"Mug"s,9\n`))).toEqual([
    expect.stringContaining('goes on after its closing quote'),
  ])
  expect(problems(text(`${heading}mug,Mug 5",9\n`))).toEqual([expect.stringContaining('not quoted')])
})

test('a row that ends early has blank cells, one with too many is refused: its values have moved', () => {
  expect(parseCatalogue(text('Handle,Title,Variant Price,Vendor\nmug,Mug,9\n'), 'EUR')).toMatchObject({
    ok: true,
    data: { products: [{ vendor: '' }], warnings: [expect.stringContaining('Rows that end early')] },
  })
  expect(problems(text('Handle,Title,Variant Price\nmug,Mug, big,9\n'))[0]).toContain(
    'line 2: has 4 cells, the heading line has 3',
  )
})

test('a row of a million characters is taken for a quote that is never closed', () => {
  expect(problems(csv([{ ...testProduct, 'Body (HTML)': 'x'.repeat(1_100_000) }]))[0]).toContain(
    'longer than 1000000',
  )
})

test('a file of more than a hundred thousand rows is refused before it is read', () => {
  const rows = 'm,M,1\n'.repeat(MAX_RECORDS + 1)

  expect(problems(text(`Handle,Title,Variant Price\n${rows}`))).toEqual([
    'The file has more than 100000 rows, the most at once. Split it.',
  ])
})

test('a file with more than twenty thousand rows of another width is refused before the rest is read', () => {
  const withBlank = (rows: number) => text(`Handle,Title,Variant Price\n${' \n'.repeat(rows)}mug,Mug,9\n`)

  expect(problems(withBlank(20_001))).toEqual([
    'More than 20000 rows have more or fewer cells than the heading line.',
  ])
  expect(parseCatalogue(withBlank(20_000), 'EUR').ok).toBe(true)
})

test('lines of nothing but commas are no lines', () => {
  expect(parseCatalogue(text('Handle,Title,Variant Price\n,,\nmug,Mug,9\n,,\n'), 'EUR')).toMatchObject({
    ok: true,
    data: { products: [{ line: 3 }] },
  })
})
