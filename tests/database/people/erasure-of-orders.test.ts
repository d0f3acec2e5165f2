import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  connect,
  person,
  refusal,
  rolledBack,
  secretKey,
  type Tx,
} from '@/tests/support/database'
import { forget, pass } from '@/tests/support/retention'
import { mentions, orderRow } from '@/tests/support/shop/erased'
import { aGuest, aToken, thePackingTable } from '@/tests/support/shop/shopping'
import { noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

const eraseOrder = async (tx: Tx, orderId: string, token: string, key: string = randomUUID()) =>
  (await tx`select public.erase_order(${orderId}, ${token}, ${key}) as answer`)[0]?.answer as {
    erased: boolean
  }

/** An open order of a guest, paid at the counter. */
async function aGuestOrder(tx: Tx) {
  const { variantId, shopId } = await twelveUnits(tx)
  const email = `byron-${randomUUID()}@example.test`
  const buyer = aGuest(tx, aToken(), email)
  await buyer.hold(variantId, 2)
  return { shopId, email, buyer, placed: await buyer.place() }
}

test('a guest erases a finished order by its secret, once; the order stays and the link ends', () =>
  rolledBack(sql, async (tx) => {
    const { shopId, email, buyer, placed } = await aGuestOrder(tx)
    await thePackingTable(tx).takePayment(placed.order_id)
    await thePackingTable(tx).fulfil(placed.order_id, shopId)
    const key = randomUUID()
    await actAs(tx, secretKey)

    expect(await eraseOrder(tx, placed.order_id, buyer.token, key)).toEqual({ erased: true })

    expect(await eraseOrder(tx, placed.order_id, buyer.token, key)).toEqual({ erased: true })
    expect(
      (await refusal(tx.savepoint((nested) => aGuest(nested, buyer.token).order(placed.order_id)))).code,
    ).toBe('not_found')
    await actAsOwner(tx)
    expect(await orderRow(tx, placed.order_id)).toMatchObject({
      name: 'Erased',
      token_hash: null,
      total_minor: BigInt(placed.total_minor),
    })
    await pass(tx, '25 hours')
    await forget(tx)
    expect(await mentions(tx, new RegExp(email))).toEqual([])
    await noDrift(tx)
  }))

test('an open order of a guest keeps person and link until it is finished', () =>
  rolledBack(sql, async (tx) => {
    const { shopId, email, buyer, placed } = await aGuestOrder(tx)
    await actAs(tx, secretKey)

    expect(await eraseOrder(tx, placed.order_id, buyer.token)).toEqual({ erased: false })

    expect(await buyer.order(placed.order_id)).toMatchObject({ erase_asked_at: expect.any(String) })
    await actAsOwner(tx)
    await forget(tx)
    expect(await orderRow(tx, placed.order_id)).toMatchObject({ email, erased_at: null })
    await thePackingTable(tx).takePayment(placed.order_id)
    await thePackingTable(tx).fulfil(placed.order_id, shopId)
    await pass(tx, '25 hours')
    await forget(tx)
    expect(await mentions(tx, new RegExp(email))).toEqual([])
  }))

test('the secret of a link in an e-mail erases an order, too, and ends with it', () =>
  rolledBack(sql, async (tx) => {
    const { buyer, placed } = await aGuestOrder(tx)
    await buyer.cancel(placed.order_id)
    const mailed = aToken()
    await tx`insert into private.order_links (token_hash, order_id, expires_at)
      values (sha256(${mailed}), ${placed.order_id}, private.clock() + interval '1 day')`
    await actAs(tx, secretKey)

    expect(await eraseOrder(tx, placed.order_id, mailed)).toEqual({ erased: true })

    const opened = tx.savepoint((nested) => aGuest(nested, mailed).order(placed.order_id))
    expect((await refusal(opened)).code).toBe('not_found')
  }))

test('nobody erases an order by another secret, and a link does not erase the order of an account', () =>
  rolledBack(sql, async (tx) => {
    const { buyer, placed } = await aGuestOrder(tx)
    const refusedWith = async (token: string) =>
      (await refusal(tx.savepoint((nested) => eraseOrder(nested, placed.order_id, token)))).code
    await actAs(tx, secretKey)
    expect(await refusedWith(aToken())).toBe('not_found')
    expect(await refusedWith('short')).toBe('invalid_input')
    for (const caller of [{ role: 'anon' } as const, await actAsOwner(tx).then(() => person(tx))]) {
      await actAs(tx, caller)
      const asked = tx.savepoint((nested) => eraseOrder(nested, placed.order_id, buyer.token))
      await expect(asked).rejects.toThrow('permission denied')
      await actAsOwner(tx)
    }

    await actAs(tx, await person(tx))
    await aGuest(tx).adoptOrder(placed.order_id, buyer.token)
    await actAs(tx, secretKey)
    expect(await refusedWith(buyer.token)).toBe('not_found')
    await actAsOwner(tx)
    expect(await orderRow(tx, placed.order_id)).toMatchObject({ name: 'Ada', erase_asked_at: null })
  }))
