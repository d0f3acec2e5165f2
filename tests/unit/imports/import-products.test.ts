import { expect, test } from 'vitest'
import { problemText } from '@/lib/domain/imports/problem'
import { parseCatalogue } from '@/lib/domain/imports/reading/parse-catalogue'
import { csv, type Line, testProduct } from '@/tests/support/shop/catalogue-file'

function products(lines: Line[]) {
  const file = parseCatalogue(csv(lines), 'EUR')
  if (!file.ok) throw new Error(file.error.map(problemText).join('\n'))
  return file.data.products
}

function problems(lines: Line[]) {
  const file = parseCatalogue(csv(lines), 'EUR')
  if (file.ok) throw new Error('the file was accepted')
  return file.error.map(problemText)
}

const small: Line = { ...testProduct, 'Option1 Name': 'Size', 'Option1 Value': 'Small' }
const large: Line = { Handle: 'mug', 'Option1 Value': 'Large', 'Variant Price': '12' }

test('lines of one handle are variants of one product, even with other lines in between', () => {
  const [product, bowl] = products([small, { ...testProduct, Handle: 'bowl', Title: 'Bowl' }, large])

  expect(product).toMatchObject({
    handle: 'mug',
    option_names: ['Size'],
    variants: [
      { line: 2, position: 1, option_values: ['Small'], sku: 'MUG-SMALL', sku_given: false },
      { line: 4, position: 2, option_values: ['Large'], sku: 'MUG-LARGE', sku_given: false },
    ],
  })
  expect(bowl).toMatchObject({ handle: 'bowl', variants: [{ line: 3 }] })
})

test('"Title: Default Title" means a product without choices', () => {
  const [product] = products([{ ...testProduct, 'Option1 Name': 'Title', 'Option1 Value': 'Default Title' }])

  expect(product).toMatchObject({ option_names: [], variants: [{ option_values: [], sku: 'MUG' }] })
})

test('a product may have three choices', () => {
  const [product] = products([
    {
      ...small,
      'Option2 Name': 'Glaze',
      'Option2 Value': 'Ash',
      'Option3 Name': 'Handle',
      'Option3 Value': 'None',
    },
  ])

  expect(product?.option_names).toEqual(['Size', 'Glaze', 'Handle'])
  expect(product?.variants[0]?.option_values).toEqual(['Small', 'Ash', 'None'])
})

test('a variant lacks no choice and has none without a name', () => {
  expect(problems([small, { ...large, 'Option1 Value': '' }])).toEqual([
    'line 3, Option1 Value: is missing: every variant of this product has a Size',
  ])
  expect(problems([{ ...testProduct, 'Option1 Value': 'Small' }])).toEqual([
    'line 2, Option1 Value "Small": belongs to an option without a name',
  ])
  expect(problems([{ ...small, 'Option2 Name': 'Size', 'Option2 Value': 'Wide' }])).toEqual([
    'line 2, Option2 Name "Size": is the name of two options',
  ])
})

test('two variants of a product cannot be the same choice', () => {
  expect(problems([small, { ...large, 'Option1 Value': 'Small' }])).toEqual([
    'line 3, Option1 Value "Small": is the same choice as line 2 of this product: remove one of them',
  ])
})

test('a SKU that two lines have is made unique by the options of the second', () => {
  const [product, bowl] = products([
    { ...small, 'Variant SKU': 'M1' },
    { ...large, 'Variant SKU': 'M1' },
    { ...testProduct, Handle: 'bowl', 'Variant SKU': 'M1' },
  ])

  expect(product?.variants.map(({ sku, sku_given }) => [sku, sku_given])).toEqual([
    ['M1', true],
    ['M1-LARGE', false],
  ])
  expect(bowl?.variants[0]).toMatchObject({ sku: 'BOWL', sku_given: false })
})

test('a later line may repeat what its product is called but not rename it', () => {
  expect(products([small, { ...large, Title: 'Mug' }])).toHaveLength(1)
  expect(problems([small, { ...large, Title: 'Cup' }])).toEqual([
    'line 3, Title "Cup": is not what line 2 says of this handle: make them the same',
  ])
})

test('a line with a picture alone adds the picture, a line with nothing is left out and told', () => {
  const src = { 'Image Src': 'https://cdn/1.jpg', 'Image Position': '2', 'Image Alt Text': 'Side' }

  const [product] = products([
    { ...small, 'Image Src': 'https://cdn/2.jpg', 'Image Position': '1' },
    { Handle: 'mug', ...src },
  ])

  expect(product?.variants).toHaveLength(1)
  expect(product?.media).toEqual([
    { src: 'https://cdn/2.jpg', alt: '', option_values: null },
    { src: 'https://cdn/1.jpg', alt: 'Side', option_values: null },
  ])
  expect(
    parseCatalogue(csv([small, { Handle: 'mug', 'Variant Inventory Policy': 'deny' }]), 'EUR'),
  ).toMatchObject({
    ok: true,
    data: { warnings: [expect.stringContaining('(once): line 3 Handle "mug"')] },
  })
})

test('pictures come in order of position, those without one last, each address once', () => {
  const picture = (name: string, position: string): Line => ({
    Handle: 'mug',
    'Image Src': `https://cdn/${name}`,
    'Image Position': position,
  })

  const [product] = products([
    { ...testProduct },
    picture('c', ''),
    picture('b', '2'),
    picture('a', '1'),
    picture('b', ''),
  ])

  expect(product?.media?.map(({ src }) => src)).toEqual(['https://cdn/a', 'https://cdn/b', 'https://cdn/c'])
})

test("a variant's own picture is among the product's", () => {
  const [product] = products([
    { ...small, 'Image Src': 'https://cdn/a', 'Variant Image': 'https://cdn/a' },
    { ...large, 'Variant Image': 'https://cdn/b' },
  ])

  expect(product?.media).toEqual([
    { src: 'https://cdn/a', alt: '', option_values: ['Small'] },
    { src: 'https://cdn/b', alt: '', option_values: ['Large'] },
  ])
})

test('fields without a column in the file stay as they are', () => {
  expect(products([testProduct])[0]).toMatchObject({
    description_html: null,
    vendor: null,
    tags: null,
    status: null,
    media: null,
    category_slug: null,
  })
})

test.for([
  [{ Published: 'true' }, 'active'],
  [{ Published: 'FALSE' }, 'draft'],
  [{ Published: 'true', Status: 'archived' }, 'archived'],
  [{ Published: 'false', Status: 'active' }, 'draft'],
  [{ Status: 'active' }, 'active'],
  [{ Published: '' }, null],
] as [Line, string | null][])('with %j a product is %s', ([line, status]) => {
  expect(products([{ ...testProduct, ...line }])[0]?.status).toBe(status)
})

test('the category is the type, else the last step of the product category', () => {
  const category = (line: Line) => products([{ ...testProduct, ...line }])[0]

  expect(category({ Type: 'Tea Ware', 'Product Category': 'Home > Cups' })).toMatchObject({
    category_slug: 'tea-ware',
    category_title: 'Tea Ware',
  })
  expect(category({ 'Product Category': 'Home & Garden > Kitchen > Mugs' })).toMatchObject({
    category_slug: 'mugs',
  })
  expect(category({ Type: ' ' })).toMatchObject({ category_slug: null })
})

test('tags are separated by commas, each once', () => {
  expect(products([{ ...testProduct, Tags: 'clay, ash,clay, ' }])[0]?.tags).toEqual(['clay', 'ash'])
})

test('selling on when none is left is not taken over, and that is said', () => {
  const file = parseCatalogue(csv([{ ...testProduct, 'Variant Inventory Policy': 'continue' }]), 'EUR')

  expect(file).toMatchObject({
    ok: true,
    data: { warnings: [expect.stringContaining('Selling on when none is left is not taken over')] },
  })
})

test('every bad line is named at once, in the order of the file', () => {
  expect(
    problems([
      { ...testProduct, 'Variant Price': 'x' },
      { ...testProduct, Handle: 'bowl', 'Variant Inventory Qty': 'few' },
    ]),
  ).toEqual([
    'line 2, Variant Price "x": is not a price: write the number alone, like 9.99',
    'line 3, Variant Inventory Qty "few": is not a number of units: write digits alone, like 12',
  ])
})

test('a line without a handle belongs to no product', () => {
  expect(problems([testProduct, { ...testProduct, Handle: '', Title: '' }])).toEqual([
    'line 3, Handle: is missing: every line says which product it is about',
  ])
})
