import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, aShop, connect, person, rolledBack, type Tx } from '@/tests/support/database'
import { saved, sheetOf } from '@/tests/support/shop/products'

const sql = connect(1)
afterAll(() => sql.end())

const aName = () => `${randomUUID()}-800x600.webp`

function add(tx: Tx, name: string, bucket = 'pictures') {
  return tx.savepoint(
    (inner) => inner`insert into storage.objects (bucket_id, name) values (${bucket}, ${name})`,
  )
}

test('managers alone add pictures, under names that the shop can serve', () =>
  rolledBack(sql, async (tx) => {
    const manager = await person(tx, 'manager')
    const others = [await person(tx, 'stock'), await person(tx, 'viewer'), await person(tx)]
    await actAs(tx, manager)
    await add(tx, aName())
    await add(tx, aName().replace('.webp', '-320.webp'))
    for (const name of ['a.webp', `../${aName()}`, aName().replace('.webp', '.svg'), `${aName()}/x`]) {
      await expect(add(tx, name), name).rejects.toThrow('row-level security')
    }
    for (const other of others) {
      await actAs(tx, other)
      await expect(add(tx, aName())).rejects.toThrow('row-level security')
    }
  }))

test('nobody but the shop reads, changes or removes the files of pictures', () =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    await add(tx, aName())
    expect(await tx`select from storage.objects`).toHaveLength(0)
    expect((await tx`update storage.objects set name = 'x'`).count).toBe(0)
    await tx`select set_config('storage.allow_delete_query', 'true', true)`
    expect((await tx`delete from storage.objects`).count).toBe(0)
  }))

test('the focus of a picture is saved, is the middle when it is not sent, and has bounds', () =>
  rolledBack(sql, async (tx) => {
    const { productId } = await aShop(tx, 1)
    await actAs(tx, await person(tx, 'manager'))
    const src = `/pictures/${aName()}`
    const picture = { src, alt: 'A jug', variant_id: null }

    const now = await saved(tx, await sheetOf(tx, productId), {
      media: [{ ...picture, focus_x: 20, focus_y: 80 }],
    })
    expect(now.media).toEqual([{ ...picture, focus_x: 20, focus_y: 80 }])
    const again = await saved(tx, now, { media: [picture] })
    expect(again.media).toEqual([{ ...picture, focus_x: 50, focus_y: 50 }])
    await expect(
      tx.savepoint((inner) => saved(inner, again, { media: [{ ...picture, focus_x: 101 }] })),
    ).rejects.toThrow('invalid_input')
  }))
