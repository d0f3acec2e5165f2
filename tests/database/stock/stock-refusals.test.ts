import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

type Bad = [
  what: string,
  call: (tx: Tx, stocked: Awaited<ReturnType<typeof twelveUnits>>) => Promise<unknown>,
  answer: object,
]
const key = () => randomUUID()
const bad: Bad[] = [
  [
    'an adjustment of nothing',
    (tx, m) => tx`select public.adjust_stock(${m.variantId}, ${m.shopId}, 0, 'return', ${key()})`,
    { code: 'invalid_input', detail: { field: 'delta' } },
  ],
  [
    'an adjustment beyond a million',
    (tx, m) => tx`select public.adjust_stock(${m.variantId}, ${m.shopId}, 1000001, 'return', ${key()})`,
    { code: 'invalid_input', detail: { field: 'delta' } },
  ],
  [
    'an adjustment that calls itself a transfer',
    (tx, m) => tx`select public.adjust_stock(${m.variantId}, ${m.shopId}, 1, 'transfer', ${key()})`,
    { code: 'invalid_input', detail: { field: 'reason' } },
  ],
  [
    'no idempotency key',
    (tx, m) => tx`select public.adjust_stock(${m.variantId}, ${m.shopId}, 1, 'return', null)`,
    { code: 'invalid_input', detail: { field: 'idempotency_key' } },
  ],
  [
    'an unknown variant',
    (tx, m) => tx`select public.adjust_stock(${key()}, ${m.shopId}, 1, 'return', ${key()})`,
    { status: 404, code: 'not_found' },
  ],
  [
    'an unknown location',
    (tx, m) => tx`select public.adjust_stock(${m.variantId}, ${key()}, 1, 'return', ${key()})`,
    { status: 404, code: 'not_found' },
  ],
  [
    'a delivery without a source',
    (tx, m) =>
      tx`select public.receive_stock(${m.shopId}, ${tx.json([{ variant_id: m.variantId, quantity: 1 }])}, ' ', ${key()})`,
    { code: 'invalid_input', detail: { field: 'document' } },
  ],
  [
    'lines that are no list',
    (tx, m) => tx`select public.receive_stock(${m.shopId}, '{}', 'DN', ${key()})`,
    { code: 'invalid_input', detail: { field: 'lines' } },
  ],
  [
    'half a mug',
    (tx, m) =>
      tx`select public.receive_stock(${m.shopId}, ${tx.json([{ variant_id: m.variantId, quantity: 0.5 }])}, 'DN', ${key()})`,
    { code: 'invalid_input', detail: { field: 'lines[0]' } },
  ],
  [
    'a quantity in words',
    (tx, m) =>
      tx`select public.receive_stock(${m.shopId}, ${tx.json([{ variant_id: m.variantId, quantity: 'three' }])}, 'DN', ${key()})`,
    { code: 'invalid_input', detail: { field: 'lines[0]' } },
  ],
  [
    'a variant that is no id',
    (tx, m) =>
      tx`select public.receive_stock(${m.shopId}, ${tx.json([{ variant_id: 'mug', quantity: 1 }])}, 'DN', ${key()})`,
    { code: 'invalid_input', detail: { field: 'lines[0]' } },
  ],
  [
    'a line that is a number',
    (tx, m) => tx`select public.receive_stock(${m.shopId}, '[7]', 'DN', ${key()})`,
    { code: 'invalid_input', detail: { field: 'lines[0]' } },
  ],
  [
    'a transfer to where it came from',
    (tx, m) =>
      tx`select public.transfer_stock(${m.shopId}, ${m.shopId}, ${tx.json([{ variant_id: m.variantId, quantity: 1 }])}, ${key()})`,
    { code: 'invalid_input', detail: { field: 'to_location_id' } },
  ],
  [
    'a negative count',
    (tx, m) => tx`select public.recount_stock(${m.variantId}, ${m.shopId}, 12, -1, ${key()})`,
    { code: 'invalid_input', detail: { field: 'counted' } },
  ],
]

test.for(bad)('%s is refused with its field and changes nothing', ([, call, answer]) =>
  rolledBack(sql, async (tx) => {
    const stocked = await twelveUnits(tx)

    expect(await refusal(tx.savepoint((nested) => call(nested, stocked)))).toMatchObject(answer)
    expect(await tx`select from public.stock_movements where variant_id = ${stocked.variantId}`).toHaveLength(
      1,
    )
  }),
)
