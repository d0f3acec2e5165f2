import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { Finding } from '@/lib/domain/finder/finding'
import { actAs, aShop, connect, person, refusal, rolledBack, type Tx } from '@/tests/support/database'

const sql = connect(2)
afterAll(() => sql.end())

async function find(tx: Tx, query: string): Promise<Finding[]> {
  const [row] = await tx`select public.find_for_staff(${query}) as findings`
  return Finding.array().parse(row?.findings)
}

const kinds = (findings: Finding[]) => findings.map(({ kind, title }) => `${kind} ${title}`)

test('staff find orders, customers, variants, products, counts and deliveries by one search', () =>
  rolledBack(sql, async (tx) => {
    const { variants, locations } = await aShop(tx, 1)
    await tx`update public.products set title = 'Grommel Jar' where id = (select product_id from public.variants where id = ${variants[0] ?? ''})`
    await tx`update public.variants set sku = 'GRM-77-X', option_values = '{}' where id = ${variants[0] ?? ''}`
    const [order] = await tx`insert into public.orders
        (number, email, name, delivery, collect_at, status, currency, units, total_minor, tax_minor, guest_hash)
      overriding system value
      values (990001, 'grommel@example.com', 'Ada Grommel', 'collection', ${locations[0] ?? ''}, 'awaiting_payment', 'EUR', 1, 100, 0,
        decode(repeat('ab', 32), 'hex'))
      returning id`
    const actor = randomUUID()
    await tx`insert into public.counts (number, location_id, shelf, blind, started_by) overriding system value
      values (990002, ${locations[0] ?? ''}, 'Grommel shelf', false, ${actor})`
    await tx`insert into public.deliveries (number, supplier, to_location_id, document, actor) overriding system value
      values (990003, 'Grommel & Sons', ${locations[0] ?? ''}, 'DN-1', ${actor})`
    await actAs(tx, await person(tx, 'viewer'))

    expect(kinds(await find(tx, 'GROMMEL'))).toEqual([
      'order 990001',
      'variant Grommel Jar',
      'product Grommel Jar',
      'customer Ada Grommel',
      'count 990002',
      'delivery 990003',
    ])
    expect(await find(tx, '#990001')).toEqual([
      { kind: 'order', id: order?.id, title: '990001', detail: 'Ada Grommel · awaiting_payment' },
    ])
    expect(kinds(await find(tx, 'grm-77-x'))).toEqual(['variant Grommel Jar', 'product Grommel Jar'])
    expect(kinds(await find(tx, '990002'))).toContain('count 990002')
    expect(kinds(await find(tx, '990003'))).toContain('delivery 990003')
  }))

test.for([' ', 'x', '%', '_%_', '\\', "' or true --", '9'.repeat(500), 'a '.repeat(400), '<', '\u{1f9f6}'])(
  'a hostile search of staff is answered: %j',
  (query) =>
    rolledBack(sql, async (tx) => {
      await actAs(tx, await person(tx, 'viewer'))
      expect((await find(tx, query)).length).toBeLessThanOrEqual(24)
    }),
)

test('signed-in shoppers find nothing of staff', () =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx))
    const met = await refusal(tx.savepoint((inner) => find(inner, 'grommel')))
    expect(met).toMatchObject({ code: 'role_required' })
  }))
