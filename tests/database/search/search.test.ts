import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  aShop,
  connect,
  deliver,
  person,
  rolledBack,
  secretKey,
  shopper,
} from '@/tests/support/database'
import { answer, products, titles, zorbs } from '@/tests/support/search/products'

const sql = connect(2)
afterAll(() => sql.end())

test.for([
  ['a plural', 'zorbels', ['Zorbel Rack', 'Zörbel Pitcher']],
  ['an accent that is missing', 'zorbel pitcher', ['Zörbel Pitcher']],
  ['an accent too many', 'zörbél rack', ['Zorbel Rack']],
  ['words in any order', 'pitcher zorbel', ['Zörbel Pitcher']],
  ['the beginning of words', 'zorb', ['Zorbel Rack', 'Zörbel Pitcher']],
  ['a maker', 'quimby zorbel', ['Zörbel Pitcher']],
  ['a tag', 'glazed zorbel', ['Zörbel Pitcher']],
  ['the description', 'quartle', ['Zörbel Pitcher']],
  ['an option', 'ochrish', ['Zorbel Rack']],
  ['two letters in the wrong order', 'zrobel rack', ['Zorbel Rack']],
  ['a missing letter', 'zorbl rack', ['Zorbel Rack']],
  ['two errors in a long word', 'vermilonn', ['Zorbel Rack']],
  ['a phrase', '"zorbel rack"', ['Zorbel Rack']],
  ['a phrase in another order', '"rack zorbel"', []],
] as const)('%s finds the products that are meant', ([, query, expected]) =>
  rolledBack(sql, async (tx) => {
    await products(tx, ...zorbs)
    const found = await answer(tx, query)
    const all = found.products.map(({ title }: { title: string }) => title)
    if (expected.length > 0) expect(all.toSorted()).toEqual(expected.toSorted())
    else expect(found.is_nearest || all.length === 0).toBe(true)
  }),
)

test('markup is no text', () =>
  rolledBack(sql, async (tx) => {
    await products(tx, { title: 'Plain Blurf', html: '<p>a <strong>bold</strong> one</p>' })
    for (const query of ['strong blurf', 'p blurf', '<strong>'])
      expect((await answer(tx, query)).is_nearest || (await titles(tx, query)).length === 0).toBe(true)
    expect(await titles(tx, 'bold blurf')).toEqual(['Plain Blurf'])
  }))

test('the texts of a document are folded once', () =>
  rolledBack(sql, async (tx) => {
    await products(tx, ...zorbs)
    await tx`create sequence pg_temp.folds`
    await tx`
      create or replace function private.search_fold(text text) returns text language plpgsql stable as $$
      begin
        perform nextval('pg_temp.folds');
        return lower(search_fold.text);
      end;
      $$`
    const documents = await tx`
      select * from private.search_projection(array(select id from public.products where title ilike 'z%rbel %'))`
    const [folds] = await tx`select last_value::int as count from pg_temp.folds`
    expect(documents).toHaveLength(zorbs.length)
    expect(folds?.count).toBe(zorbs.length)
  }))

test('the title counts more than the description, and a sold-out product ranks a little lower', () =>
  rolledBack(sql, async (tx) => {
    const ids = await products(
      tx,
      { title: 'Other Item', html: '<p>goes with a flumble</p>' },
      { title: 'Flumble One' },
      { title: 'Flumble Two' },
    )
    const [variant] = await tx`select id from public.variants where product_id = ${ids['Flumble Two'] ?? ''}`
    const { locations } = await aShop(tx)
    await deliver(tx, String(variant?.id), locations[0], 10)

    expect(await titles(tx, 'flumble')).toEqual(['Flumble Two', 'Flumble One', 'Other Item'])
  }))

test('a SKU and a barcode are found whole and by their beginning, in every form of a GTIN', () =>
  rolledBack(sql, async (tx) => {
    await products(tx, { title: 'Coded', sku: 'QXZ-99-BLU', barcode: '0036000291452' })
    for (const query of ['qxz-99-blu', 'QXZ-99', '036000291452', '0036000291452', '36000291'])
      expect(await titles(tx, query), query).toEqual(['Coded'])
  }))

test('a mistyped word is reported as it was read; words that no product has together show the nearest', () =>
  rolledBack(sql, async (tx) => {
    await products(tx, ...zorbs)
    expect(await answer(tx, 'zrobel')).toMatchObject({ meant: 'zorbel', is_nearest: false, total: 2 })
    expect(await answer(tx, 'zorbel')).toMatchObject({ meant: null, is_nearest: false })
    expect(await answer(tx, 'ochrish quartle')).toMatchObject({ is_nearest: true, total: 2 })
    expect(await answer(tx, 'xqwvzkj')).toMatchObject({ total: 0, products: [] })
  }))

test('a search that is being typed suggests products by beginnings, near words and codes', () =>
  rolledBack(sql, async (tx) => {
    await products(tx, { title: 'Grommel Jar', sku: 'GRM-77-X' }, { title: 'Grommel' })
    const suggested = async (query: string) => {
      const [row] = await tx`select public.suggest_products(${query}) as answer`
      return row?.answer.products.map(({ title }: { title: string }) => title)
    }
    expect(await suggested('grom')).toEqual(['Grommel', 'Grommel Jar'])
    expect(await suggested('gromml')).toEqual(['Grommel', 'Grommel Jar'])
    expect(await suggested('grm-77')).toEqual(['Grommel Jar'])
    expect(await suggested(' ')).toEqual([])
    expect(await suggested("%' & | :* \\".repeat(40))).toEqual([])
  }))

test('a document follows its product, variants and category, and leaves with it', () =>
  rolledBack(sql, async (tx) => {
    const ids = await products(tx, { title: 'Grommel', options: ['Colour', 'Puce'] })
    const id = ids.Grommel ?? ''
    await tx`update public.products set title = 'Snarkel' where id = ${id}`
    await tx`update public.variants set option_values = '{Taupish}' where product_id = ${id}`
    expect(await titles(tx, 'snarkel taupish')).toEqual(['Snarkel'])
    await tx`update public.variants set price_minor = 4321 where product_id = ${id}`
    expect(await answer(tx, 'snarkel')).toMatchObject({ lowest_minor: 4321, highest_minor: 4321 })
    expect((await answer(tx, 'grommel')).is_nearest || (await titles(tx, 'grommel')).length === 0).toBe(true)
    await tx`update public.products set status = 'archived' where id = ${id}`
    expect(await tx`select from private.search_documents where product_id = ${id}`).toHaveLength(0)
    await tx`update public.products set status = 'active' where id = ${id}`
    await tx`update public.categories set title = 'Wibblery' where slug = 'table'`
    expect(await titles(tx, 'snarkel wibblery')).toEqual(['Snarkel'])
    await tx`update public.shop_settings set search_language = 'german'`

    const all = tx`array(select id from public.products)`
    expect(
      await tx`
      (select * from private.search_projection(${all}) except select * from private.search_documents)
      union all
      (select * from private.search_documents except select * from private.search_projection(${all}))`,
    ).toEqual([])
  }))

test('words have stems of the language of the shop', () =>
  rolledBack(sql, async (tx) => {
    await tx`update public.shop_settings set search_language = 'german'`
    await products(tx, { title: 'Blaue Schrönken' })
    expect(await titles(tx, 'blauer schrönke')).toEqual(['Blaue Schrönken'])
  }))

test('filters narrow the list, and each number leaves out its own filter', () =>
  rolledBack(sql, async (tx) => {
    const ids = await products(
      tx,
      { title: 'Wug A', options: ['Colour', 'Red', 'Blue'], price: 500 },
      { title: 'Wug B', options: ['Colour', 'Blue'], price: 1500, category: 'light' },
      { title: 'Wug C', options: ['Size', 'Large'], price: 2500 },
    )
    const [variant] = await tx`select id from public.variants where product_id = ${ids['Wug B'] ?? ''}`
    const { locations } = await aShop(tx)
    await deliver(tx, String(variant?.id), locations[0], 10)

    expect(await titles(tx, 'wug', { choices: ['Colour=Blue'] }, 'price')).toEqual(['Wug A', 'Wug B'])
    expect(await titles(tx, 'wug', { in_stock: true })).toEqual(['Wug B'])
    expect(await titles(tx, 'wug', { from_price: 10, to_price: 20 })).toEqual(['Wug B'])
    expect(await titles(tx, 'wug', {}, 'price_down')).toEqual(['Wug C', 'Wug B', 'Wug A'])
    expect(await titles(tx, 'wug', {}, 'newest')).toEqual(['Wug C', 'Wug B', 'Wug A'])
    expect(await answer(tx, 'wug', { category: 'table', choices: ['Colour=Red'] })).toMatchObject({
      total: 1,
      categories: { table: 1 },
      choices: { 'Colour=Red': 1, 'Colour=Blue': 1 },
      in_stock: 0,
      lowest_minor: 500,
      highest_minor: 500,
    })
    expect(await answer(tx, 'wug', { category: 'light' })).toMatchObject({
      total: 1,
      categories: { table: 2, light: 1 },
    })
  }))

test.for([
  ['nothing', ''],
  ['spaces and marks', ' \t"" \'\' & | ! ( ) : * <-> '],
  ['half a phrase', '"zorbel'],
  ['percent and underscore', '%%%___'],
  ['a backslash and quotes', "\\'; drop table products; --\\"],
  ['500 characters', 'zorbel '.repeat(80)],
  ['one long word', 'z'.repeat(500)],
  ['120 words of one letter', 'a '.repeat(120)],
  ['no letters', '😀 🇩🇪 \u200b\u202e'],
  ['a query language', 'zorbel:* | <-> & !zorbel'],
])('a hostile search is answered: %s', ([, query]) =>
  rolledBack(sql, async (tx) => {
    await tx`set local statement_timeout = '2s'`
    expect(await answer(tx, query ?? '')).toMatchObject({ total: expect.any(Number) })
  }),
)

test.for([['a shopper'], ['a manager']])('%s may not search by the Data API', ([who]) =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, who === 'a manager' ? await person(tx, 'manager') : shopper)
    await expect(tx`select public.find_products('jug')`).rejects.toMatchObject({ code: '42501' })
  }),
)

test('the shop’s server may search', () =>
  rolledBack(sql, async (tx) => {
    await products(tx, ...zorbs)
    await actAs(tx, secretKey)
    expect((await answer(tx, 'zorbel')).total).toBe(2)
  }))
