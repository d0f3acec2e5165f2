import { expect, test } from 'vitest'
import { liveQuery } from '@/lib/domain/live/query'
import { filters, parseRows, sharedUrls } from '@/lib/domain/live/rest'
import { headersOf, readUrls } from '@/lib/domain/live/table-reads'
import { shelfOf } from '@/lib/domain/stock/shelf'

const settings = { supabaseUrl: 'https://shop.example', publishableKey: 'sb_publishable_x' }

test('a long list is asked for in portions that Realtime accepts', () => {
  const values = Array.from({ length: 201 }, (_, index) => `p${index}`)

  expect(filters({ by: 'product_id' }, values).map((filter) => filter.split(',').length)).toEqual([
    100, 100, 1,
  ])
})

test('a value with a comma or a quote stays one value', () => {
  expect(filters({ by: 'sku' }, ['a,b', 'c"d', 'e'])).toEqual(['sku=in.("a,b","c\\"d",e)'])
})

test('two components that ask for the same rows ask the same query', () => {
  expect(shelfOf(['b', 'a', 'b']).key).toBe(shelfOf(['a', 'b']).key)
})

test('a page asks the shop for what is the same for every visitor, and the Data API for declared columns only', () => {
  const query = shelfOf(['10000000-0000-4000-8000-000000000001'])
  const [url = ''] = readUrls(query.source, query.values, settings)

  expect(sharedUrls(query.source, query.values)).toEqual([
    '/shelf?product_id=in.(10000000-0000-4000-8000-000000000001)',
  ])
  expect(headersOf(settings, null)).toEqual({ apikey: 'sb_publishable_x' })
  expect(new URL(url).searchParams.get('select')).toBe('variant_id,product_id,band,left,version')
})

test('staff read with the token of their session', () => {
  expect(headersOf(settings, 'jwt').authorization).toBe('Bearer jwt')
})

test('an answer that is not what the source declares names the table', () => {
  const { source } = liveQuery(shelfOf([]).source, [])

  expect(() => parseRows(source, [{ variant_id: 7 }])).toThrow('shelf')
  expect(() => parseRows(source, { message: 'no' })).toThrow('shelf')
})
