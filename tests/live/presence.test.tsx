import { screen } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { usePresence } from '@/lib/client/live/hooks/use-presence'
import type { PresenceChannel } from '@/lib/domain/live/presence-rules'
import { connect } from '@/tests/support/database'
import { aCounter, type Counter, openPage } from './support/shop-window'
import { aStaffMember, type StaffMember } from './support/staff-member'
import { overheard } from './support/wiretap'

const sql = connect()
let counter: Counter
let ada: StaffMember

beforeEach(async () => {
  counter = await aCounter(sql, 1)
  ada = await aStaffMember(sql)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

interface Editor {
  name: string
  field: string
}

function Editors({ mine }: { mine: Editor }) {
  const channel: PresenceChannel<Editor> = {
    name: `product:${counter.productId}`,
    parse: (said) => said as Editor,
  }
  const others = usePresence(channel, mine)
  return (
    <p>
      {mine.name} sees{' '}
      {others.map(({ state }) => `${state.name} at ${state.field}`).join(' and ') || 'nobody'}
    </p>
  )
}

const signedIn = () => Promise.resolve(ada.token)
const seen = (words: string) => screen.findByText(words, {}, { timeout: 10_000 })

test("staff members at one product see each other, and each one's position", async () => {
  openPage(counter, <Editors mine={{ name: 'Ada', field: 'title' }} />, signedIn)
  await seen('Ada sees nobody')
  const bob = openPage(counter, <Editors mine={{ name: 'Bob', field: 'price' }} />, signedIn)

  await seen('Ada sees Bob at price')
  await seen('Bob sees Ada at title')
  bob.rerender(bob.around(<Editors mine={{ name: 'Bob', field: 'title' }} />))
  await seen('Ada sees Bob at title')
  bob.unmount()

  await seen('Ada sees nobody')
})

test('a hidden tab is not present', async () => {
  const joins = overheard('phx_join')
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  openPage(counter, <Editors mine={{ name: 'Ada', field: 'title' }} />, signedIn)
  await new Promise((later) => setTimeout(later, 300))

  expect(joins()).toBe(0)
})

test('a shopper is not let in', async () => {
  openPage(counter, <Editors mine={{ name: 'Ada', field: 'title' }} />, signedIn)
  openPage(counter, <Editors mine={{ name: 'Eve', field: 'title' }} />)
  const bob = openPage(counter, <Editors mine={{ name: 'Bob', field: 'price' }} />, signedIn)

  await seen('Bob sees Ada at title')
  expect(screen.getByText('Eve sees nobody')).toBeDefined()
  bob.unmount()
  await seen('Ada sees nobody')
})

test('staff members find each other again after the wire was cut', async () => {
  openPage(counter, <Editors mine={{ name: 'Ada', field: 'title' }} />, signedIn)
  openPage(counter, <Editors mine={{ name: 'Bob', field: 'price' }} />, signedIn)
  await seen('Ada sees Bob at price')

  counter.cable.cut()
  await seen('Ada sees nobody')
  counter.cable.mend()

  await seen('Ada sees Bob at price')
  await seen('Bob sees Ada at title')
})
