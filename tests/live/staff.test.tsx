import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { useForm } from '@/lib/client/forms/use-form'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { useOptimisticRows } from '@/lib/client/live/hooks/use-optimistic-rows'
import { stockLevels, stockLevelsOf } from '@/lib/domain/stock/live'
import { type StockLevel, withDelta } from '@/lib/domain/stock/stock'
import { connect } from '@/tests/support/database'
import { aCounter, type Counter, isLive, openPage, reads } from './support/shop-window'
import { aStaffMember, type StaffMember } from './support/staff-member'

const sql = connect()
const nothing: readonly StockLevel[] = []
let counter: Counter
let ada: StaffMember

beforeEach(async () => {
  counter = await aCounter(sql, 5)
  ada = await aStaffMember(sql)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

type Call = StaffMember['adjust']

function Level({ call, delta }: { call: Call; delta: number }) {
  const { rows } = useLiveQuery(stockLevelsOf([counter.variantId]), nothing)
  const change = { variantId: counter.variantId, locationId: counter.locations[0], delta }
  const applyOptimistic = useOptimisticRows(stockLevels, () => ({
    id: `${change.variantId}@${change.locationId}`,
    apply: (level) => withDelta(level, delta),
    isIn: (before, after) => after.on_hand - before.on_hand === delta,
  }))
  const adjust = useForm((fields) => call(change, String(fields.get('idempotency_key'))), { applyOptimistic })
  return (
    <>
      <p>{rows[0]?.on_hand ?? 'unknown'} on hand</p>
      <p>{adjust.isPending ? 1 : 0} under way</p>
      <p>refusal: {adjust.answer?.ok === false ? adjust.answer.error : 'none'}</p>
      <button type="button" onClick={() => adjust.send(new FormData())}>
        adjust
      </button>
    </>
  )
}

/** The server's answer waits until a test lets it go. */
function held(call: Call): { call: Call; release(): void } {
  const gate = Promise.withResolvers<void>()
  return {
    release: gate.resolve,
    async call(...asked) {
      const answer = await call(...asked)
      await gate.promise
      return answer
    },
  }
}

const press = () => userEvent.click(screen.getByRole('button', { name: 'adjust' }))

test('staff follow exact stock with the token of their session', async () => {
  openPage(counter, <Level call={ada.adjust} delta={1} />, () => Promise.resolve(ada.token))
  await isLive()
  await reads('5 on hand')

  await counter.move(-2)

  await reads('3 on hand')
})

test('a shopper who asks for exact stock reads nothing and hears nothing', async () => {
  openPage(counter, <Level call={ada.adjust} delta={1} />)
  await screen.findByText('stale', {}, { timeout: 10_000 })

  await counter.move(-2)

  expect(screen.getByText('unknown on hand')).toBeDefined()
})

test('an adjustment shows at once, and is counted once when it is answered', async () => {
  const slow = held(ada.adjust)
  openPage(counter, <Level call={slow.call} delta={3} />, () => Promise.resolve(ada.token))
  await isLive()
  await reads('5 on hand')

  await press()
  expect(screen.getByText('8 on hand')).toBeDefined()
  expect(screen.getByText('1 under way')).toBeDefined()
  slow.release()
  await reads('0 under way')

  expect(screen.getByText('8 on hand')).toBeDefined()
})

test("a pending adjustment stays on top of another staff member's change", async () => {
  const gate = Promise.withResolvers<void>()
  const notYet: Call = async (...asked) => {
    await gate.promise
    return ada.adjust(...asked)
  }
  openPage(counter, <Level call={notYet} delta={3} />, () => Promise.resolve(ada.token))
  await isLive()
  await reads('5 on hand')

  await press()
  await reads('8 on hand')
  await counter.move(-1)
  await reads('7 on hand')
  gate.resolve()
  await reads('0 under way')

  expect(screen.getByText('7 on hand')).toBeDefined()
})

test('a refused adjustment is withdrawn, and says why', async () => {
  openPage(counter, <Level call={ada.adjust} delta={-9} />, () => Promise.resolve(ada.token))
  await isLive()
  await reads('5 on hand')

  await press()
  await reads('refusal: insufficient_stock')

  expect(screen.getByText('5 on hand')).toBeDefined()
})

test('an adjustment whose response was lost is retried, and saved once', async () => {
  let calls = 0
  const lossy: Call = async (...asked) => {
    const answer = await ada.adjust(...asked)
    calls += 1
    if (calls === 1) throw new Error('the answer was lost')
    return answer
  }
  openPage(counter, <Level call={lossy} delta={3} />, () => Promise.resolve(ada.token))
  await isLive()
  await reads('5 on hand')

  await press()
  await reads('0 under way')

  expect(calls).toBe(2)
  expect(screen.getByText('8 on hand')).toBeDefined()
  const [level] = await sql`select on_hand from public.stock_levels where variant_id = ${counter.variantId}`
  expect(level?.on_hand).toBe(8)
})
