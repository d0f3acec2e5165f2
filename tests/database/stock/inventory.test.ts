import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  aShop,
  connect,
  deliver,
  person,
  rolledBack,
  secretKey,
  shopper,
} from '@/tests/support/database'

const sql = connect(2)
afterAll(() => sql.end())

test('staff find a variant by any words of its title, option and SKU, in any order', () =>
  rolledBack(sql, async (tx) => {
    const { productId, variants } = await aShop(tx, 2)
    await tx`update public.products set title = 'Moon Jar 100%' where id = ${productId}`
    await tx`update public.variants set option_values = '{Terracotta}' where id = ${variants[0] ?? ''}`
    await actAs(tx, await person(tx, 'viewer'))

    const found = async (query: string) =>
      (await tx`select variant_id from public.search_inventory(${query}) where handle like 'mug-%'`).map(
        (row) => row.variant_id,
      )

    expect(await found('terracotta moon')).toEqual([variants[0]])
    expect(await found(`  MOON   ${variants[1]?.toUpperCase()} `)).toEqual([variants[1]])
    expect(await found('moon celadon')).toEqual([])
    expect((await found('100%')).toSorted()).toEqual([...variants].toSorted())
    expect(await found('1%0')).toEqual([])
  }))

test('turning the pages shows every variant once, in one order', () =>
  rolledBack(sql, async (tx) => {
    const { productId, variants } = await aShop(tx, 7)
    await tx`update public.products set title = 'Pagewise' where id = ${productId}`
    await actAs(tx, await person(tx, 'viewer'))

    const seen: string[] = []
    for (let after: string | null = null; ; ) {
      const page = await tx`
        select variant_id from public.search_inventory('pagewise', after => ${after}::uuid, size => 3)`
      if (page.length === 0) break
      seen.push(...page.map((row) => String(row.variant_id)))
      after = seen.at(-1) ?? null
    }

    expect(seen).toEqual([...variants].toSorted())
  }))

test('the list is filtered by stock state and by location', () =>
  rolledBack(sql, async (tx) => {
    const { variants, locations } = await aShop(tx, 3)
    const [plenty = '', few = '', none = ''] = variants
    await deliver(tx, plenty, locations[0], 40)
    await deliver(tx, few, locations[1], 2)
    await actAs(tx, await person(tx, 'viewer'))

    // Each variant is searched for by its id: other tests leave hundreds of mugs.
    const shows = async (variantId: string, band: string) =>
      (await tx`select from public.search_inventory(${variantId}, band => ${band}::public.shelf_band)`)
        .length > 0
    const place =
      await tx`select variant_id, levels from public.search_inventory(location_id => ${locations[1]})`

    expect(await shows(plenty, 'in')).toBe(true)
    expect(await shows(few, 'low')).toBe(true)
    expect(await shows(none, 'out')).toBe(true)
    expect(await shows(few, 'in')).toBe(false)
    expect(place).toMatchObject([{ variant_id: few, levels: [{ location_id: locations[1], on_hand: 2 }] }])
  }))

test('a row has the levels of the named locations alone, or of all', () =>
  rolledBack(sql, async (tx) => {
    const { variants, locations } = await aShop(tx)
    const [variant = ''] = variants
    const [here = '', there = ''] = locations
    await deliver(tx, variant, here, 4)
    await deliver(tx, variant, there, 7)
    await actAs(tx, await person(tx, 'viewer'))

    const levels = async (places: string[] | null) => {
      const [row] = await tx`select levels from public.search_inventory(${variant}, levels_at => ${places})`
      return row?.levels.map((level: { location_id: string }) => level.location_id).toSorted()
    }

    expect(await levels([there])).toEqual([there])
    expect(await levels([])).toEqual([])
    expect(await levels(null)).toEqual([here, there].toSorted())
  }))

test('only staff get a row of the inventory', () =>
  rolledBack(sql, async (tx) => {
    const { variants } = await aShop(tx)
    const [variant = ''] = variants
    const rows = async () =>
      (await tx`select from public.inventory where variant_id = ${variant}`).length +
      (await tx`select from public.search_inventory(${variant})`).length +
      (await tx`select from public.inventory_index where variant_id = ${variant}`).length

    const [outsider, staffMember] = [await person(tx), await person(tx, 'viewer')]
    await actAs(tx, outsider)
    expect(await rows()).toBe(0)
    await actAsOwner(tx)
    await actAs(tx, staffMember)
    expect(await rows()).toBe(3)
    await actAsOwner(tx)
    await actAs(tx, secretKey)
    expect(await rows()).toBe(3)
  }))

test.for(['inventory', 'inventory_index'])('a shopper is turned away from %s', (name) =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, shopper)
    await expect(tx`select from ${tx(`public.${name}`)} limit 1`).rejects.toMatchObject({ code: '42501' })
  }),
)

test('a shopper may not search the inventory', () =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, shopper)
    await expect(tx`select from public.search_inventory('mug')`).rejects.toMatchObject({ code: '42501' })
  }))

test('the index follows every rename in the catalogue', () =>
  rolledBack(sql, async (tx) => {
    const { productId, variants } = await aShop(tx, 3)
    await tx`update public.products set vendor = 'Ode', title = 'Cup' where id = ${productId}`
    await tx`update public.variants set barcode = '4006381333931', position = 9 where id = ${variants[0] ?? ''}`

    const differing = await tx`
      (select * from private.inventory_projection(array(select id from public.variants)) except select * from public.inventory_index)
      union all
      (select * from public.inventory_index except select * from private.inventory_projection(array(select id from public.variants)))`

    expect(differing).toEqual([])
    expect(await tx`select from public.inventory_index where words like '%4006381333931 ode'`).toHaveLength(1)
  }))
