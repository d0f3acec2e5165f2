import { expect, test } from 'vitest'
import { problemText } from '@/lib/domain/imports/problem'
import { parseCatalogue } from '@/lib/domain/imports/reading/parse-catalogue'
import { MAX_RECORDS } from '@/lib/domain/imports/reading/records'
import { aMug, csv } from '@/tests/support/shop/catalogue-file'

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
  expect(problems(text('Handle,Name\nmug,Mug\n'))).toEqual([
    'line 1, Title: is missing. The file has: Handle, Name',
    'line 1, Variant Price: is missing. The file has: Handle, Name',
  ])
})

test('a file separated by semicolons is told how to be saved', () => {
  expect(problems(text('Handle;Title;Variant Price\nmug;Mug;9,99\n'))[0]).toContain(
    'are not separated by commas. Save it as "CSV (comma separated)"',
  )
})

test('a duplicate column is refused', () => {
  expect(problems(text('Handle,Title,Variant Price,Title\nmug,Mug,1,Cup\n'))).toEqual([
    'line 1, Title: appears twice in the file',
  ])
})

test('columns nobody knows are left out and said to be', () => {
  const file = parseCatalogue(csv([{ ...aMug, 'Variant Quantity': '3', 'SEO Title': 'x' }]), 'EUR')

  expect(file).toMatchObject({
    ok: true,
    data: { warnings: ['Columns nobody here knows, left out: Variant Quantity.'] },
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

test('UTF-16 and other encodings are told how to be saved', () => {
  const utf16 = new Uint8Array([0xff, 0xfe, 0x48, 0x00])
  const latin1 = new Uint8Array([...text('Handle,Title,Variant Price\nmug,Caf'), 0xe9, ...text(',9\n')])

  expect(problems(utf16)).toEqual(['The file is in UTF-16. Save it as "CSV UTF-8".'])
  expect(problems(latin1)).toEqual([
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

test('a row with too few or too many cells is named, because its values may have moved', () => {
  expect(problems(text('Handle,Title,Variant Price\nmug,Mug, big,9\n'))[0]).toContain(
    'line 2: has 4 cells, the heading line has 3',
  )
})

test('a row of a million characters is taken for a quote that is never closed', () => {
  expect(problems(csv([{ ...aMug, 'Body (HTML)': 'x'.repeat(1_100_000) }]))[0]).toContain(
    'longer than 1000000',
  )
})

test('a file of more than a hundred thousand rows is refused before it is read', () => {
  const rows = 'm,M,1\n'.repeat(MAX_RECORDS + 1)

  expect(problems(text(`Handle,Title,Variant Price\n${rows}`))).toEqual([
    'The file has more than 100000 rows, the most at once. Split it.',
  ])
})

test('a file with more than a thousand rows of another width is refused before the rest is read', () => {
  const withBlank = (rows: number) => text(`Handle,Title,Variant Price\n${' \n'.repeat(rows)}mug,Mug,9\n`)

  expect(problems(withBlank(1001))).toEqual([
    'More than 1000 rows have more or fewer cells than the heading line.',
  ])
  expect(parseCatalogue(withBlank(1000), 'EUR').ok).toBe(true)
})

test('lines of nothing but commas are no lines', () => {
  expect(parseCatalogue(text('Handle,Title,Variant Price\n,,\nmug,Mug,9\n,,\n'), 'EUR')).toMatchObject({
    ok: true,
    data: { products: [{ line: 3 }] },
  })
})
