import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  aShop,
  type Caller,
  connect,
  person,
  rolledBack,
  secretKey,
  shopper,
} from '@/tests/support/database'
import type { Tx } from '@/tests/support/mugs'

const sql = connect(2)
afterAll(() => sql.end())

/** How a caller fares with each function: an SQLSTATE, or 'allowed'. */
async function fares(tx: Tx, caller: Caller, productId: string) {
  const tag = randomUUID().slice(0, 8)
  const product = { handle: `jug-${tag}`, title: 'Jug', category: 'tests', sku: `JUG-${tag}`, price_minor: 1 }
  const calls = {
    read: (t: Tx) => t`select public.read_product(${productId})`,
    save: (t: Tx) =>
      t`select public.save_product(${productId}, '{"version": 1}', '{"vendor": "Ilse"}', ${randomUUID()})`,
    create: (t: Tx) => t`select public.create_product(${t.json(product)}, ${randomUUID()})`,
    add: (t: Tx) => t`select public.add_variant(${productId}, ${`MUG-${tag}`}, '{}', 1, ${randomUUID()})`,
  }
  await actAs(tx, caller)
  const answers: Record<string, string> = {}
  for (const [name, call] of Object.entries(calls)) {
    answers[name] = await tx.savepoint(call).then(
      () => 'allowed',
      (error: { code: string }) => error.code,
    )
  }
  await actAsOwner(tx)
  return answers
}

const nothing = (code: string) => ({ read: code, save: code, create: code, add: code })
const all = nothing('allowed')

test('managers and the secret key edit products, other staff read them, shoppers neither', () =>
  rolledBack(sql, async (tx) => {
    const { productId } = await aShop(tx, 0, 'draft')
    const another = async () => (await aShop(tx, 0, 'draft')).productId

    expect(await fares(tx, shopper, productId)).toEqual(nothing('42501'))
    expect(await fares(tx, await person(tx), productId)).toEqual(nothing('PT403'))
    const looks = { ...nothing('PT403'), read: 'allowed' }
    expect(await fares(tx, await person(tx, 'viewer'), productId)).toEqual(looks)
    expect(await fares(tx, await person(tx, 'stock'), productId)).toEqual(looks)
    expect(await fares(tx, await person(tx, 'manager'), productId)).toEqual(all)
    expect(await fares(tx, secretKey, await another())).toEqual(all)
  }))

test('staff search products, drafts among them; nobody else gets a row', () =>
  rolledBack(sql, async (tx) => {
    const { variants } = await aShop(tx, 1, 'draft')
    const found = async (caller: Caller) => {
      await actAs(tx, caller)
      const rows = await tx
        .savepoint((inner) => inner`select from public.search_products(${`MUG-${variants[0]}`})`)
        .catch((error: { code: string }) => error.code)
      await actAsOwner(tx)
      return typeof rows === 'string' ? rows : rows.length
    }

    expect(await found(await person(tx, 'viewer'))).toBe(1)
    expect(await found(secretKey)).toBe(1)
    expect(await found(await person(tx))).toBe(0)
    expect(await found(shopper)).toBe('42501')
  }))

test('a manager who left edits nothing', () =>
  rolledBack(sql, async (tx) => {
    const { productId } = await aShop(tx, 0, 'draft')
    const manager = await person(tx, 'manager')
    expect(await fares(tx, manager, productId)).toEqual(all)

    await tx`update public.staff set active = false where user_id = ${manager.userId ?? ''}`

    expect(await fares(tx, manager, productId)).toEqual(nothing('PT403'))
  }))
