import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'

const sql = connect(1)
afterAll(() => sql.end())

const rates = fc.constantFrom(0, 500, 700, 1900, 2550, 10_000)
const line = fc.record({ rate: rates, amount: fc.integer({ min: 0, max: 3_000_000 }) })
const cases = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  delivery: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9_999 })),
  own: fc.option(rates),
})

/** The tax in an amount that includes it, rounded half up: by exact arithmetic of whole numbers. */
function included(amount: bigint, rate: bigint): bigint {
  return (2n * amount * rate + 10_000n + rate) / (2n * (10_000n + rate))
}

/** The tax per rate, computed a second time: the shares of the delivery by running sums, the highest rate first. */
function expected({
  lines,
  delivery,
  own,
}: {
  lines: { rate: number; amount: number }[]
  delivery: number
  own: number | null
}) {
  const taxed = new Map<number, { amount: bigint; tax: bigint }>()
  const add = (rate: number, amount: bigint, tax: bigint) => {
    const part = taxed.get(rate) ?? { amount: 0n, tax: 0n }
    taxed.set(rate, { amount: part.amount + amount, tax: part.tax + tax })
  }
  for (const { rate, amount } of lines) add(rate, BigInt(amount), included(BigInt(amount), BigInt(rate)))
  const goods = [...taxed].sort(([one], [other]) => other - one)
  const whole = goods.reduce((sum, [, { amount }]) => sum + amount, 0n)
  if (own !== null && delivery > 0) add(own, BigInt(delivery), included(BigInt(delivery), BigInt(own)))
  else {
    let soFar = 0n
    for (const [place, [rate, { amount }]] of goods.entries()) {
      const before = soFar
      soFar += amount
      const share =
        whole > 0n
          ? (BigInt(delivery) * soFar) / whole - (BigInt(delivery) * before) / whole
          : BigInt(place === 0 ? delivery : 0)
      add(rate, share, included(share, BigInt(rate)))
    }
  }
  return [...taxed]
    .sort(([one], [other]) => other - one)
    .map(([rate, { amount, tax }]) => ({
      rate_bp: rate,
      amount_minor: Number(amount),
      tax_minor: Number(tax),
    }))
}

test(
  'the tax per rate adds up to the total, and each share of the delivery is taxed at its rate',
  { timeout: 60_000 },
  () =>
    fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const { lines, delivery, own } = given
        const rows = await sql`select rate_bp, amount_minor::int, tax_minor::int from private.tax_parts(
        ${lines.map(({ rate }) => rate)}::integer[], ${lines.map(({ amount }) => amount)}::bigint[],
        array(select private.tax_included(l.amount, l.rate) from unnest(${lines.map(({ amount }) => amount)}::bigint[],
          ${lines.map(({ rate }) => rate)}::integer[]) with ordinality as l (amount, rate, n) order by l.n),
        ${delivery}, ${own})`
        const parts = rows.map((row) => ({ ...row }))
        expect(parts).toEqual(expected(given))
        const total = lines.reduce((sum, { amount }) => sum + amount, delivery)
        expect(parts.reduce((sum, part) => sum + Number(Object(part).amount_minor), 0)).toBe(total)
      }),
      { numRuns: 200 },
    ),
)
