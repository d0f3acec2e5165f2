import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { useLiveList } from '@/lib/client/live/hooks/use-live-list'
import { wholeList } from '@/lib/domain/live/key-range'
import { liveList } from '@/lib/domain/live/live-list'
import type { LiveList } from '@/lib/domain/live/query'
import { parseRows } from '@/lib/domain/live/rest'
import { headersOf, readUrls } from '@/lib/domain/live/table-reads'
import { movementsOf } from '@/lib/domain/stock/live'
import type { StockMovement } from '@/lib/domain/stock/stock'
import { connect } from '@/tests/support/database'
import { aCounter, type Counter, isLive, openPage, reads, underTest } from './support/shop-window'
import { aStaffMember, type StaffMember } from './support/staff-member'
import { overheard } from './support/wiretap'

const sql = connect()
let counter: Counter
let ada: StaffMember

beforeEach(async () => {
  counter = await aCounter(sql, 100)
  ada = await aStaffMember(sql)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

/** The ledger of the counter's variant, three lines a page. */
function ledger(): LiveList<StockMovement> {
  const { newest, ...source } = movementsOf(counter.variantId).source
  return liveList(
    { ...source, by: 'id' },
    {
      pageSize: 3,
      only: {
        where: `variant_id=eq.${counter.variantId}`,
        has: (row) => row.variant_id === counter.variantId && row.delta !== -99,
      },
    },
  )
}

async function firstPage({ source }: LiveList<StockMovement>): Promise<StockMovement[]> {
  const [url = ''] = readUrls(source, [wholeList], underTest(), source.list.pageSize)
  return parseRows(source, await (await fetch(url, { headers: headersOf(underTest(), ada.token) })).json())
}

function Ledger({
  list,
  first,
  inView,
}: {
  list: LiveList<StockMovement>
  first: readonly StockMovement[]
  inView?: { from: number; to: number }
}) {
  const { rows, tail, more } = useLiveList(list, first, inView)
  return (
    <>
      <p>lines: {rows.map(({ delta }) => delta).join()}</p>
      <button type="button" onClick={() => void more().catch(() => undefined)}>
        {tail}
      </button>
    </>
  )
}

async function open(inView?: { from: number; to: number }) {
  const list = ledger()
  const content = <Ledger list={list} first={await firstPage(list)} {...(inView && { inView })} />
  const page = openPage(counter, content, () => Promise.resolve(ada.token))
  await isLive()
  return page
}

const more = () => userEvent.click(screen.getByRole('button'))

test('a new line comes into the list at its place, whatever is loaded', async () => {
  for (const delta of [-1, -2, -3, -4]) await counter.move(delta)
  await open()
  await reads('lines: -4,-3,-2')

  await counter.move(-5)
  await reads('lines: -5,-4,-3,-2')
  await more()

  await reads('lines: -5,-4,-3,-2,-1,100')
  await reads('end')
})

test('pages leave no gap and no double while lines are written', async () => {
  for (const delta of [-1, -2, -3, -4, -5, -6, -7]) await counter.move(delta)
  await open()

  await counter.move(-8)
  await more()
  await reads('lines: -8,-7,-6,-5,-4,-3,-2')
  await counter.move(-9)
  await more()
  await reads('end')
  await counter.move(-10)

  await reads('lines: -10,-9,-8,-7,-6,-5,-4,-3,-2,-1,100')
})

test('a list that outgrows its page shows every line, and a line that comes later too', async () => {
  await counter.move(-1)
  await open()
  await reads('lines: -1,100')
  await reads('end')

  for (const delta of [-2, -3, -4, -5, -6, -7]) await counter.move(delta)

  await reads('lines: -7,-6,-5,-4,-3,-2,-1,100')
})

test('a row that no longer belongs is not listed', async () => {
  await open()
  await reads('lines: 100')

  await counter.move(-99)
  await counter.move(-1)

  await reads('lines: -1,100')
})

test('only the pages in view are followed, and one that comes into view catches up', async () => {
  const joins = overheard('phx_join')
  for (const delta of [-1, -2, -3, -4]) await counter.move(delta)
  const page = await open({ from: 0, to: 0 })
  await more()
  await reads('lines: -4,-3,-2,-1,100')
  expect(joins()).toBe(1)

  const list = ledger()
  page.rerender(page.around(<Ledger list={list} first={await firstPage(list)} inView={{ from: 3, to: 4 }} />))

  await expect.poll(joins).toBe(2)
  await isLive()
})
