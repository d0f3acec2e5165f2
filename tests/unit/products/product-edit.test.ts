import { expect, test } from 'vitest'
import { changesIn } from '@/lib/domain/products/editing/changes'
import { postedEdit, textsIn } from '@/lib/domain/products/editing/form'
import { isList, listIn, listText } from '@/lib/domain/products/editing/lists'
import { picturesOf } from '@/lib/domain/products/editing/media-text'
import { percentOf, priceSteps, pricesNamed } from '@/lib/domain/products/editing/prices'
import { textsOf } from '@/lib/domain/products/editing/texts'
import { aJug, celadon } from '@/tests/support/shop/sheet'

const price = `variants.${celadon.id}.price_minor`

/** The form as the page renders it for the jug, with a user's edits. */
function formOf(changes: Record<string, string | null> = {}): FormData {
  const { media: _, ...texts } = textsOf(aJug)
  const fields: Record<string, string | null> = { ...texts, base: JSON.stringify(aJug), idempotency_key: 'k' }
  aJug.media.forEach(({ src, alt, variant_id }, index) => {
    const row = { src, alt, variant_id: variant_id ?? '', place: String(index + 1) }
    for (const [name, value] of Object.entries(row)) fields[`media.${index}.${name}`] = value
  })
  fields['media.new.src'] = ''
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...fields, ...changes })) {
    const isUnchecked = value === '' && (name === 'limited' || name.endsWith('.active'))
    if (value === null || isUnchecked) continue
    // The page shows one more place than there are options.
    if (isList(name)) for (const entry of [...listIn(value), '']) form.append(name, entry)
    else form.set(name, value)
  }
  return form
}

/** The changes that saving that form would write. */
function changes(form: FormData) {
  const { base, texts } = postedEdit(form).edit
  return changesIn(base, texts)
}

const endings = (form: FormData) => picturesOf(textsIn(form, aJug).media).map(({ src }) => src.slice(-4))

test('a form that nobody touched changes nothing', () => {
  expect(changes(formOf())).toEqual({ ok: true, data: {} })
})

test("typed text becomes the shop's format, and unchanged text is not written", () => {
  const form = formOf({
    title: ' Beaker ',
    description_html: 'Holds two litres.\r\n\r\nNot more.',
    tags: 'clay, , kitchen, clay,new',
    tax_rate_bp: '7.5',
    limited: 'on',
    vendor: 'Ilse ',
    [price]: '39.5',
    [`variants.${celadon.id}.compare_at_minor`]: '42',
    [`variants.${celadon.id}.active`]: '',
  })

  expect(changes(form)).toEqual({
    ok: true,
    data: {
      title: 'Beaker',
      description_html: '<p>Holds two litres.</p><p>Not more.</p>',
      tags: ['clay', 'kitchen', 'new'],
      tax_rate_bp: 750,
      limited: true,
      variants: { [celadon.id]: { price_minor: 3950, compare_at_minor: 4200, active: false } },
    },
  })
})

test('a description brings no script along', () => {
  const read = changes(formOf({ description_html: '<p onclick="x">Oak</p><script>x</script>' }))

  expect(read).toEqual({ ok: true, data: { description_html: '<p>Oak</p>' } })
})

test('every field that cannot be taken is named with what is wrong', () => {
  const read = changes(
    formOf({
      title: '  ',
      tax_rate_bp: '19 %',
      status: 'sold',
      'media.1.src': 'photos.test/jug.jpg',
      [price]: '39,5,0',
      [`variants.${celadon.id}.limit_per_person`]: '0',
    }),
  )

  expect(read).toEqual({
    ok: false,
    error: {
      title: 'is missing',
      tax_rate_bp: 'is not a percentage: write 19 or 7.5',
      status: 'is none of draft, active and archived',
      media: expect.stringContaining('number 2, whose address is not an address'),
      [price]: 'is not a price: write the number alone, like 9.99',
      [`variants.${celadon.id}.limit_per_person`]: expect.stringContaining('1 to 99'),
    },
  })
})

test('a field that the form does not show stays what it is', () => {
  expect(changes(formOf({ handle: null }))).toEqual({ ok: true, data: {} })
})

test('pictures take the place that is typed for them, go, and come by address', () => {
  expect(endings(formOf({ 'media.1.place': '1' }))).toEqual(['.jpg', '.svg'])
  expect(endings(formOf({ 'media.0.place': '2' }))).toEqual(['.jpg', '.svg'])
  expect(endings(formOf({ 'media.0.remove': 'on' }))).toEqual(['.jpg'])
  expect(endings(formOf({ 'media.new.src': '/art/new.svg', 'media.new.alt': 'New' }))).toHaveLength(3)
})

const large = {
  ...celadon,
  id: '00000000-0000-4000-8000-000000000002',
  sku: 'JUG-OCHRE',
  option_values: ['Ochre'],
}
const twoJugs = { ...aJug, variants: [celadon, large] }

/** The result for two jugs when their options are typed so: the names, Celadon's values, Ochre's values. */
function withOptions(
  names: string[],
  first: string[],
  second: string[],
  others: Record<string, string> = {},
) {
  const [one, two] = [celadon, large].map(({ id }) => `variants.${id}.option_values`)
  const lists = { option_names: names, [one ?? '']: first, [two ?? '']: second }
  const texts = Object.entries(lists).map(([field, entries]) => [field, listText(entries)])
  return changesIn(twoJugs, { ...textsOf(twoJugs), ...Object.fromEntries(texts), ...others })
}

test('an option comes later, with a value for every variant', () => {
  const read = withOptions(['Glaze', ' Size '], ['Celadon', 'Small'], ['Ochre', 'Small'])

  expect(read).toEqual({
    ok: true,
    data: {
      option_names: ['Glaze', 'Size'],
      variants: {
        [celadon.id]: { option_values: ['Celadon', 'Small'] },
        [large.id]: { option_values: ['Ochre', 'Small'] },
      },
    },
  })
})

test('options are renamed, change places between variants, and go', () => {
  expect(withOptions(['Colour'], ['Celadon'], ['Ochre'])).toEqual({
    ok: true,
    data: { option_names: ['Colour'] },
  })
  expect(withOptions(['Glaze'], ['Ochre'], ['Celadon'])).toMatchObject({ ok: true })
  expect(withOptions(['Glaze', ''], ['Celadon', ' '], ['Ochre'])).toEqual({ ok: true, data: {} })
})

test.for([
  [['Glaze', 'Size'], ['Celadon', 'Small'], ['Ochre'], 'lack a value for Size'],
  [['Glaze'], ['Celadon'], ['Celadon '], 'are those of JUG-CELADON already'],
  [['Glaze'], ['Celadon'], ['Ochre', 'Small'], 'have a value for an option without a name'],
  [['Glaze'], ['Celadon'], ['x'.repeat(256)], 'have one longer than 255 characters'],
] as const)('two variants of %j cannot be %j and %j: theirs %s', ([names, first, second, problem]) => {
  const read = withOptions([...names], [...first], [...second])

  expect(read).toEqual({ ok: false, error: { [`variants.${large.id}.option_values`]: problem } })
})

test.for([
  [['', 'Size'], 'have one without a name before another'],
  [['Size', 'Size'], 'have Size twice'],
  [['x'.repeat(121)], 'have a name longer than 120 characters'],
] as const)('options called %j are refused: they %s', ([names, problem]) => {
  expect(withOptions([...names], ['a', 'b'], ['c', 'd'])).toEqual({
    ok: false,
    error: { option_names: problem },
  })
})

test('a variant that is not sold may be of options that are gone', () => {
  const unsold = { [`variants.${large.id}.active`]: '' }

  expect(withOptions(['Glaze', 'Size'], ['Celadon', 'Small'], ['Ochre'], unsold)).toMatchObject({ ok: true })
  expect(withOptions(['Glaze', 'Size'], ['Celadon', 'Small'], ['Rust'], unsold)).toMatchObject({ ok: false })
})

test('a choice between two versions is a new edit of theirs', () => {
  const theirs = { ...aJug, version: 4, title: 'Pitcher', vendor: 'Otto' }
  const mine = JSON.stringify({ ...textsOf(aJug), title: 'Beaker', [price]: '39.00' })
  const form = new FormData()
  const choices = { 'choose.title': 'mine', 'choose.vendor': 'theirs', [`choose.${price}`]: 'mine' }
  const sent = { base: JSON.stringify(theirs), mine, ...choices }
  for (const [name, value] of Object.entries(sent)) form.set(name, value)

  const { base, texts } = postedEdit(form).edit

  expect(base).toEqual(theirs)
  expect(changesIn(base, texts)).toEqual({
    ok: true,
    data: { title: 'Beaker', variants: { [celadon.id]: { price_minor: 3900 } } },
  })
})

test('each price that changes is a step to confirm, from what to what', () => {
  const read = changes(formOf({ [price]: '39' }))
  const steps = read.ok ? priceSteps(aJug, read.data) : []

  expect(steps).toMatchObject([{ sku: 'JUG-CELADON', before: { minor: 4200 }, after: { minor: 3900 } }])
  expect(steps.map(percentOf)).toEqual([-7.1])
  expect(pricesNamed(steps)).toBe(`${celadon.id}:4200:3900`)
  const free = { before: { minor: 0, currency: 'EUR' }, after: { minor: 5, currency: 'EUR' } }
  expect(percentOf(free)).toBe(null)
})
