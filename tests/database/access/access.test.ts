import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  aShop,
  connect,
  deliver,
  person,
  refusal,
  rolledBack,
  shopper,
} from '@/tests/support/database'
import { caller, everyone, reaches, type Who } from '@/tests/support/everyone'

const sql = connect(2)
afterAll(() => sql.end())

/** Which rows of one active and one draft product (one variant each, stock in one place) each caller sees. */
const visible: Record<string, Record<Who, number>> = {
  products: { shopper: -1, customer: 0, viewer: 2, stock: 2, manager: 2, 'secret key': 2 },
  variants: { shopper: -1, customer: 0, viewer: 2, stock: 2, manager: 2, 'secret key': 2 },
  shelf: { shopper: 2, customer: 2, viewer: 2, stock: 2, manager: 2, 'secret key': 2 },
  stock_levels: { shopper: -1, customer: 0, viewer: 2, stock: 2, manager: 2, 'secret key': 2 },
  availability: { shopper: -1, customer: 0, viewer: 2, stock: 2, manager: 2, 'secret key': 2 },
  stock_movements: { shopper: -1, customer: 0, viewer: 2, stock: 2, manager: 2, 'secret key': 2 },
}

for (const [table, counts] of Object.entries(visible)) {
  test.for(everyone)(`${table}: a %s sees what is theirs to see`, (who) =>
    rolledBack(sql, async (tx) => {
      const active = await aShop(tx, 1, 'active')
      const draft = await aShop(tx, 1, 'draft')
      for (const shop of [active, draft]) await deliver(tx, shop.variants[0] ?? '', shop.locations[0], 3)
      const products = [active.productId, draft.productId]
      const variants = [...active.variants, ...draft.variants]
      const mine =
        table === 'products' ? sql`id = any(${products}::uuid[])` : sql`variant_id = any(${variants}::uuid[])`
      const where = table === 'variants' ? sql`id = any(${variants}::uuid[])` : mine
      await actAs(tx, await caller(tx, who))

      // -1: the table itself is closed to the role, not merely empty for it.
      const seen = await tx
        .savepoint((nested) => nested`select from ${sql(`public.${table}`)} where ${where}`)
        .then(
          (rows) => rows.length,
          (error: { code?: string }) => (error.code === '42501' ? -1 : Promise.reject(error)),
        )

      expect(seen).toBe(counts[who])
    }),
  )
}

test('a draft shows on the shelf only as not for sale', () =>
  rolledBack(sql, async (tx) => {
    const draft = await aShop(tx, 1, 'draft')
    await deliver(tx, draft.variants[0] ?? '', draft.locations[0], 3)
    await actAs(tx, shopper)

    const rows = await tx`select band, "left" from public.shelf where product_id = ${draft.productId}`

    expect([...rows]).toEqual([{ band: 'unlisted', left: null }])
  }))

test.for(everyone)('changing stock: a %s may only if it is their job', (who) =>
  rolledBack(sql, async (tx) => {
    const shop = await aShop(tx)
    const [variantId = ''] = shop.variants
    const me = await caller(tx, who)
    await actAs(tx, me)

    const attempt = tx.savepoint(
      (nested) =>
        nested`select (public.adjust_stock(${variantId}, ${shop.locations[0]}, 5, 'receive', gen_random_uuid())).on_hand`,
    )

    const may = reaches(who, 'stock')
    if (may) expect((await attempt)[0]?.on_hand).toBe(5)
    else if (who === 'shopper') await expect(attempt).rejects.toMatchObject({ code: '42501' })
    else expect(await refusal(attempt)).toMatchObject({ status: 403, code: 'role_required' })
    await actAsOwner(tx)
    const [{ moved } = { moved: 0 }] =
      await tx`select count(*)::int as moved from public.stock_movements where variant_id = ${variantId}`
    expect(moved).toBe(may ? 1 : 0)
  }),
)

test('a staff member who left is a customer from that moment', () =>
  rolledBack(sql, async (tx) => {
    const shop = await aShop(tx)
    const staffMember = await person(tx, 'manager')
    await tx`update public.staff set active = false where user_id = ${staffMember.userId ?? ''}`
    await actAs(tx, staffMember)

    const attempt = tx.savepoint(
      (nested) =>
        nested`select public.adjust_stock(${shop.variants[0] ?? ''}, ${shop.locations[0]}, 5, 'receive', gen_random_uuid())`,
    )

    expect(await refusal(attempt)).toMatchObject({ code: 'role_required' })
    expect([...(await tx`select user_id, active from public.staff`)]).toEqual([
      { user_id: staffMember.userId, active: false },
    ])
  }))

test('staff see the staff list, customers see none of it', () =>
  rolledBack(sql, async (tx) => {
    const viewer = await person(tx, 'viewer')
    const customer = await person(tx)

    await actAs(tx, viewer)
    expect((await tx`select from public.staff where user_id = ${viewer.userId ?? ''}`).length).toBe(1)
    await actAs(tx, customer)
    expect((await tx`select from public.staff`).length).toBe(0)
  }))

test.for(['insert', 'update', 'delete'])('not even a manager can %s a stock level by hand', (verb) =>
  rolledBack(sql, async (tx) => {
    const shop = await aShop(tx)
    await deliver(tx, shop.variants[0] ?? '', shop.locations[0], 3)
    await actAs(tx, await person(tx, 'manager'))

    const attempt = tx.savepoint((nested) => {
      if (verb === 'insert')
        return nested`insert into public.stock_levels (variant_id, location_id) values (${shop.variants[0] ?? ''}, ${shop.locations[1]})`
      if (verb === 'update') return nested`update public.stock_levels set on_hand = 99, available = 99`
      return nested`delete from public.stock_levels`
    })

    await expect(attempt).rejects.toMatchObject({ code: '42501' })
  }),
)

test.for(['update', 'delete', 'truncate'])('nobody can %s the ledger, not even its owner', (verb) =>
  rolledBack(sql, async (tx) => {
    const shop = await aShop(tx)
    await deliver(tx, shop.variants[0] ?? '', shop.locations[0], 3)

    const attempt = tx.savepoint((nested) => {
      if (verb === 'update') return nested`update public.stock_movements set delta = 99`
      if (verb === 'delete') return nested`delete from public.stock_movements`
      return nested`truncate public.stock_movements cascade`
    })

    expect(await refusal(attempt)).toMatchObject({ status: 403, code: 'ledger_is_append_only' })
  }),
)
