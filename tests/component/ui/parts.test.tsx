import { render, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Button } from '@/components/ui/actions/button'
import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { Problem } from '@/components/ui/feedback/problem'
import { Section } from '@/components/ui/layout/section'
import { NextPages } from '@/components/ui/navigation/next-pages'
import { TabLink, Tabs } from '@/components/ui/navigation/tab-link'

test('a section has the name of its heading', () => {
  render(
    <Section id="held" title="Units held">
      <p>None.</p>
    </Section>,
  )

  const section = screen.getByRole('region', { name: 'Units held' })
  expect(within(section).getByRole('heading', { level: 2, name: 'Units held' })).toBeTruthy()
})

test('a table has its caption as its name, and each row its heading', () => {
  render(
    <Table caption="Orders" columns={[{ heading: 'Order' }, { heading: 'Money', end: true }]}>
      <TableRow>
        <Cell names>1041</Cell>
        <Cell end>€42.00</Cell>
      </TableRow>
    </Table>,
  )

  const table = screen.getByRole('table', { name: 'Orders' })
  expect(
    within(table)
      .getAllByRole('columnheader')
      .map(({ textContent }) => textContent),
  ).toEqual(['Order', 'Money'])
  expect(within(table).getByRole('rowheader', { name: '1041' })).toBeTruthy()
})

test('a problem is a live region before there is one', () => {
  const { rerender } = render(<Problem />)
  const region = screen.getByRole('alert')

  rerender(<Problem>The file is empty.</Problem>)

  expect(screen.getByRole('alert')).toBe(region)
  expect(region.textContent).toBe('The file is empty.')
})

test('a button sends its form unless it says otherwise', () => {
  render(
    <>
      <Button>Save</Button>
      <Button type="button">Cancel</Button>
    </>,
  )

  expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('type', 'submit')
  expect(screen.getByRole('button', { name: 'Cancel' })).toHaveProperty('type', 'button')
})

test('the open view of a page is current, and its link has the count', () => {
  render(
    <Tabs label="Stages">
      <TabLink href="/staff/orders" aria-current="page" count={3}>
        To pick
      </TabLink>
      <TabLink href="/staff/counts">Ready</TabLink>
    </Tabs>,
  )

  expect(screen.getByRole('link', { current: 'page' }).textContent).toBe('To pick3')
  expect(within(screen.getByRole('navigation', { name: 'Stages' })).getAllByRole('link')).toHaveLength(2)
})

test('a list of one page has no links to others', () => {
  render(<NextPages label="Pages" first={null} next={null} />)
  expect(screen.queryByRole('navigation')).toBeNull()

  render(<NextPages label="Pages" first={null} next={{ href: '/staff?after=1', label: 'Next' }} />)
  expect(screen.getByRole('link', { name: 'Next' }).getAttribute('href')).toBe('/staff?after=1')
})
