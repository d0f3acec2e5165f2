import { expect, test } from 'vitest'
import { isKeptByOthers, mayChangeStockAt, ownLocations, type StockRights } from '@/lib/domain/people/staff'

const shop = { id: 'shop', slug: 'shop', name: 'The shop' }
const workshop = { id: 'workshop', slug: 'workshop', name: 'The workshop' }

const everybody: Record<string, { rights: StockRights; own: string[]; others: string[] }> = {
  'a viewer changes stock nowhere, and looks for nothing to change': {
    rights: { role: 'viewer', locationIds: null },
    own: [],
    others: [],
  },
  'a stock keeper changes stock everywhere, unless limited': {
    rights: { role: 'stock', locationIds: null },
    own: ['shop', 'workshop'],
    others: [],
  },
  'one who is limited changes stock there, and reads that the rest is kept by others': {
    rights: { role: 'stock', locationIds: ['shop'] },
    own: ['shop'],
    others: ['workshop'],
  },
  'a manager changes stock everywhere': {
    rights: { role: 'manager', locationIds: null },
    own: ['shop', 'workshop'],
    others: [],
  },
}

test.for(Object.entries(everybody))('%s', ([, { rights, own, others }]) => {
  const places = [shop, workshop]

  expect(places.filter(({ id }) => mayChangeStockAt(rights, id)).map(({ id }) => id)).toEqual(own)
  expect(places.filter(({ id }) => isKeptByOthers(rights, id)).map(({ id }) => id)).toEqual(others)
  expect(ownLocations(rights, places).map(({ id }) => id)).toEqual(own)
})
