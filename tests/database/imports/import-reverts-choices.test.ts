import { afterAll, expect, test } from 'vitest'
import { connect, rolledBack } from '@/tests/support/database'
import {
  aHandle,
  aLocation,
  applied,
  begunRevert,
  importedProduct,
  previewed,
  reverted,
  staged,
} from '@/tests/support/shop/imports'

// Taking an import back: what a product's choices were, which belong together.
const sql = connect(2)
afterAll(() => sql.end())

test('choices go back all together, or not at all where a variant was added since', () =>
  rolledBack(sql, async (tx) => {
    const handles = [aHandle(), aHandle('bowl')]
    const place = await aLocation(tx)
    const size = (handle: string): Record<string, string> => ({
      Handle: handle,
      Title: 'Mug',
      'Option1 Name': 'Size',
      'Option1 Value': 'Small',
      'Variant SKU': handle,
      'Variant Price': '9',
    })
    await applied(tx, await staged(tx, place, handles.map(size)))
    const glazed = handles.map((handle) => ({
      ...size(handle),
      'Option2 Name': 'Glaze',
      'Option2 Value': 'Blue',
    }))
    const id = await staged(tx, place, glazed)
    await applied(tx, id)
    await tx`insert into public.variants (product_id, sku, option_values, price_minor)
      select id, ${`${handles[1]}-2`}, '{Small,Green}', 900 from public.products where handle = ${handles[1] ?? ''}`

    const revert = await reverted(tx, id)

    const names =
      await tx`select option_names from public.products where handle = any (${handles}) order by handle desc`
    expect([...names]).toEqual([{ option_names: ['Size'] }, { option_names: ['Size', 'Glaze'] }])
    const { kept } = await previewed(tx, String(revert?.id))
    expect(kept.map(({ handle, field, why }) => [handle, field, why])).toEqual([
      [handles[1], 'option_names', 'taken_since'],
      [handles[1], 'option_values', 'taken_since'],
    ])
  }))

test('a variant is not sold again where its product has other choices by now', () =>
  rolledBack(sql, async (tx) => {
    const { handle, place, small, large } = await importedProduct(tx)
    const id = await staged(tx, place, [small, { ...large, 'Variant Active': 'false' }])
    await applied(tx, id)
    const [blue, off] = [`${handle.toUpperCase()}-SMALL`, `${handle.toUpperCase()}-LARGE`]
    await tx`update public.variants set option_values = '{Small,Blue}' where sku = ${blue}`
    await tx`update public.products set option_names = '{Size,Glaze}' where handle = ${handle}`

    const revert = await begunRevert(tx, id)

    const { changes, kept } = await previewed(tx, revert)
    expect(changes).toEqual([])
    expect(kept).toMatchObject([
      { sku: off, field: 'active', wanted: true, found: false, why: 'taken_since' },
    ])
  }))
