import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  aShop,
  connect,
  person,
  refusal,
  rolledBack,
  type Tx,
} from '@/tests/support/database'
import { sheetOf } from '@/tests/support/shop/products'
import { noDrift } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

/** A term that only this test's products have in their titles. */
const aWord = () => `w${randomUUID().slice(0, 8)}`

function aProduct(word: string) {
  const options = { option_names: ['Glaze'], option_values: ['Celadon'] }
  return {
    handle: `jug-${word}`,
    title: `Jug ${word}`,
    category: 'tests',
    sku: `JUG-${word}`,
    price_minor: 4200,
    ...options,
  }
}

async function created(tx: Tx, product: object, key: string = randomUUID()): Promise<string> {
  const [row] = await tx`select public.create_product(${tx.json(product as never)}, ${key}) as id`
  return row?.id as string
}

const added = (tx: Tx, productId: string, sku: string, values: string[], key: string = randomUUID()) =>
  tx`select public.add_variant(${productId}, ${sku}, ${values}, 4200, ${key})`

async function titles(tx: Tx, ...[query, category, status, after, size]: (string | number | null)[]) {
  const rows =
    await tx`select title from public.search_products(${query ?? null}::text, ${category ?? null}::text,
    ${status ?? null}::public.product_status, ${after ?? null}::uuid, ${size ?? 50}::integer)`
  return rows.map(({ title }) => title)
}

test('a new product is a draft with one variant, found by its words, and no shopper reads it', () =>
  rolledBack(sql, async (tx) => {
    await aShop(tx)
    const [word, customer] = [aWord(), await person(tx)]
    await actAs(tx, await person(tx, 'manager'))

    const id = await created(tx, aProduct(word))

    expect(await sheetOf(tx, id)).toMatchObject({
      title: `Jug ${word}`,
      status: 'draft',
      option_names: ['Glaze'],
      variants: [{ sku: `JUG-${word}`, option_values: ['Celadon'], price_minor: 4200, active: true }],
    })
    expect(await titles(tx, `jug ${word}`)).toEqual([`Jug ${word}`])
    await actAs(tx, customer)
    expect([...(await tx`select from public.products where id = ${id}`)]).toEqual([])
    await actAsOwner(tx)
    await noDrift(tx)
  }))

test('sent twice it is one product, and its second variant one variant', () =>
  rolledBack(sql, async (tx) => {
    await aShop(tx)
    await actAs(tx, await person(tx, 'manager'))
    const [word, key, next] = [aWord(), randomUUID(), randomUUID()]

    const id = await created(tx, aProduct(word), key)
    expect(await created(tx, aProduct(word), key)).toBe(id)
    await added(tx, id, `JUG-${word}-2`, ['Ochre'], next)
    await added(tx, id, `JUG-${word}-2`, ['Ochre'], next)

    const { variants } = await sheetOf(tx, id)
    expect(variants.map(({ option_values }) => option_values)).toEqual([['Celadon'], ['Ochre']])
  }))

test('an address, a SKU and a choice that are taken are refused by name', () =>
  rolledBack(sql, async (tx) => {
    await aShop(tx)
    await actAs(tx, await person(tx, 'manager'))
    const [word, other] = [aWord(), aWord()]
    const id = await created(tx, aProduct(word))
    const met = (work: (inner: Tx) => Promise<unknown>) => refusal(tx.savepoint(work))

    const twin = aProduct(other)
    const taken = { status: 422, code: 'invalid_input' }
    expect(await met((t) => created(t, { ...twin, handle: `jug-${word}` }))).toMatchObject({
      ...taken,
      detail: { field: 'handle', problem: 'is taken' },
    })
    expect(await met((t) => created(t, { ...twin, sku: `JUG-${word}` }))).toMatchObject({
      ...taken,
      detail: { field: 'sku', problem: 'is taken' },
    })
    expect(await met((t) => created(t, { ...twin, category: 'nowhere' }))).toMatchObject({
      ...taken,
      detail: { field: 'category' },
    })
    expect(await met((t) => added(t, id, `JUG-${other}`, ['Celadon']))).toMatchObject({
      ...taken,
      detail: { field: 'option_values', problem: 'is taken' },
    })
    expect(await met((t) => added(t, id, `JUG-${other}`, []))).toMatchObject({
      ...taken,
      detail: { field: 'option_values' },
    })
    expect(await titles(tx, other)).toEqual([])
  }))

test('the list is one page after another, by title, narrowed by words, category and status', () =>
  rolledBack(sql, async (tx) => {
    await aShop(tx)
    await actAs(tx, await person(tx, 'manager'))
    const word = aWord()
    const ids: string[] = []
    for (const letter of ['c', 'a', 'b']) {
      const product = { ...aProduct(`${word}-${letter}`), title: `${letter} ${word}` }
      ids.push(await created(tx, product))
    }
    await added(tx, ids[1] ?? '', `JUG-${word}-2`, ['Ochre'])

    const all = [`a ${word}`, `b ${word}`, `c ${word}`]
    expect(await titles(tx, word)).toEqual(all)
    expect(await titles(tx, word, null, null, null, 2)).toEqual(all.slice(0, 2))
    expect(await titles(tx, word, null, null, ids[2] ?? null, 2)).toEqual(all.slice(2))
    expect(await titles(tx, `${word} ochre`)).toEqual([`a ${word}`])
    expect(await titles(tx, word, 'tests', 'draft')).toEqual(all)
    expect(await titles(tx, word, 'nowhere')).toEqual([])
    expect(await titles(tx, word, null, 'active')).toEqual([])
  }))
