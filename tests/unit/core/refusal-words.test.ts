import { expect, test } from 'vitest'
import { refusalWords } from '@/components/staff/shell/refusal-words'

const shop = { id: 'bbbbbbbb-0000-4000-8000-000000000001', slug: 'shop', name: 'The shop' }
const variant = 'aaaaaaaa-0000-4000-8000-000000000001'

test.for([
  [0, 'Nothing was saved: The shop has no available units.'],
  [1, 'Nothing was saved: The shop has only 1 unit available. Enter fewer.'],
  [3, 'Nothing was saved: The shop has only 3 units available. Enter fewer.'],
] as const)('with %i free, a person reads how many can be taken and where', ([available, words]) => {
  const short = [{ variant_id: variant, location_id: shop.id, delta: -9, available }]

  expect(refusalWords({ code: 'insufficient_stock', detail: { short } }, [shop])).toBe(words)
})

test('a wrong line of a delivery is named as the person counts lines', () => {
  const detail = { field: 'lines[2].code', problem: 'no variant has this SKU or barcode', value: 'MUG-9' }

  expect(refusalWords({ code: 'invalid_input', detail }, [])).toBe(
    'Line 3: no variant has the SKU or barcode “MUG-9”. Nothing was saved.',
  )
})

test('a missing role is named as people say it', () => {
  expect(refusalWords({ code: 'role_required', detail: { role: 'stock' } }, [])).toContain('a stock keeper')
})
