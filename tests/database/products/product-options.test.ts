import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { saved, sheetOf } from '@/tests/support/shop/products'
import { noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

/** Twelve mugs in one variant and none of a second, Small and Large, as a manager finds them. */
async function variantsBySize(tx: Tx) {
  const stocked = await twelveUnits(tx)
  await tx`update public.variants set option_values = '{Small}' where id = ${stocked.variantId}`
  await tx`update public.products set option_names = '{Size}' where id = ${stocked.productId}`
  const [large] = await tx`insert into public.variants (product_id, sku, option_values, price_minor, position)
    values (${stocked.productId}, ${`LARGE-${stocked.variantId}`}, '{Large}', 1500, 2) returning id`
  await actAs(tx, await person(tx, 'manager'))
  return { ...stocked, large: String(large?.id), sheet: await sheetOf(tx, stocked.productId) }
}

const values = (small: string[], large: string[], of: { variantId: string; large: string }) => ({
  [of.variantId]: { option_values: small },
  [of.large]: { option_values: large },
})

test('a product gets an option later: SKUs and stock stay, and the trail says what it was', () =>
  rolledBack(sql, async (tx) => {
    const stocked = await variantsBySize(tx)
    const stock = () => tx`select variant_id, on_hand from public.stock_levels order by variant_id`
    const before = await stock()

    const now = await saved(tx, stocked.sheet, {
      option_names: ['Size', 'Colour'],
      variants: values(['Small', 'Blue'], ['Large', 'Blue'], stocked),
    })

    expect(now.option_names).toEqual(['Size', 'Colour'])
    expect(now.variants.map(({ sku, option_values }) => [sku, option_values])).toEqual([
      [stocked.sheet.variants[0]?.sku, ['Small', 'Blue']],
      [stocked.sheet.variants[1]?.sku, ['Large', 'Blue']],
    ])
    expect(await stock()).toEqual(before)
    expect(now.editors).toMatchObject({
      option_names: 'manager',
      [`variants.${stocked.variantId}.option_values`]: 'manager',
    })
    const trail =
      await tx`select before, after from public.audit_trail where subject_id = ${stocked.productId} order by id desc limit 1`
    expect([...trail]).toEqual([
      { before: { option_names: ['Size'] }, after: { option_names: ['Size', 'Colour'] } },
    ])
    await tx`select public.add_variant(${stocked.productId}, ${`RED-${stocked.variantId}`}, ${['Small', 'Red']}, 1200, gen_random_uuid())`
    await actAsOwner(tx)
    await noDrift(tx)
  }))

test('a product without options gets one; two variants change places', () =>
  rolledBack(sql, async (tx) => {
    const stocked = await variantsBySize(tx)

    const swapped = await saved(tx, stocked.sheet, { variants: values(['Large'], ['Small'], stocked) })
    expect(swapped.variants.map(({ option_values }) => option_values)).toEqual([['Large'], ['Small']])

    const [single] = await tx`select public.create_product(${tx.json({
      handle: 'bowl-in-one-kind',
      title: 'Bowl',
      category: swapped.category,
      sku: 'BOWL-IN-ONE-KIND',
      price_minor: 900,
    })}, gen_random_uuid()) as id`
    const bowl = await sheetOf(tx, String(single?.id))
    const now = await saved(tx, bowl, {
      option_names: ['Glaze'],
      variants: { [bowl.variants[0]?.id ?? '']: { option_values: ['Ash'] } },
    })
    expect(now.variants[0]?.option_values).toEqual(['Ash'])
  }))

test('adding an option with an outdated list of variants is refused first', () =>
  rolledBack(sql, async (tx) => {
    const stocked = await variantsBySize(tx)
    await tx`select public.add_variant(${stocked.productId}, ${`HUGE-${stocked.variantId}`}, ${['Huge']}, 1900, gen_random_uuid())`

    const mine = {
      option_names: ['Size', 'Colour'],
      variants: values(['Small', 'Blue'], ['Large', 'Blue'], stocked),
    }
    const met = await refusal(tx.savepoint((inner) => saved(inner, stocked.sheet, mine)))

    expect(met).toMatchObject({ status: 409, code: 'product_moved' })
    expect((await sheetOf(tx, stocked.productId)).option_names).toEqual(['Size'])
  }))

test.for([
  [['Size', 'Colour'], ['Small', 'Blue'], ['Large'], 'option_values'],
  [['Size'], ['Small'], ['Large', 'Blue'], 'option_values'],
  [['Size'], ['Small'], [' '], 'option_values'],
  [['Size'], ['Small'], ['Small'], 'option_names'],
  [['Size', 'Size'], ['Small', 'Blue'], ['Large', 'Blue'], 'option_names'],
  [['Size', ' '], ['Small', 'Blue'], ['Large', 'Blue'], 'option_names'],
  [['A', 'B', 'C', 'D'], ['a', 'b', 'c', 'd'], ['e', 'f', 'g', 'h'], 'changes'],
] as const)('no product is of %j with %j and %j', ([names, small, large, field]) =>
  rolledBack(sql, async (tx) => {
    const stocked = await variantsBySize(tx)

    const wanted = { option_names: names, variants: values([...small], [...large], stocked) }
    const met = await refusal(tx.savepoint((inner) => saved(inner, stocked.sheet, wanted)))

    expect(met).toMatchObject({
      status: 422,
      code: 'invalid_input',
      detail: { field: expect.stringContaining(field) },
    })
    expect(await sheetOf(tx, stocked.productId)).toEqual(stocked.sheet)
  }),
)
