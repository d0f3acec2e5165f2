import { expect, test } from 'vitest'
import { staffCookie } from './support/api'
import { visit } from './support/server'

// To every address the shop answers with a page, a redirect or "not found".

const odd = [
  '%',
  '%E0%A4%A',
  '%00',
  'a%00b',
  '%ff',
  '%2F',
  '%2e%2e%2f',
  '%F0%9F%8E%81',
  '%u0041',
  "'",
  '%22',
  'x'.repeat(2_000),
]
const values = [
  '',
  '%',
  '%00',
  'a%00',
  '%ff',
  '26',
  '0026-11-30',
  '26-11-30',
  '9999-12-31',
  '+275760-09-13',
  '2026-02-31',
  '-1',
  '1e9',
  '0',
  'NaN',
  '[object Object]',
  '%F0%9F%8E%81',
  'x'.repeat(2_000),
]

const paths = ['/products/', '/category/', '/orders/', '/', '/account/', '/staff/']
const staffPaths = [
  '/staff/products/',
  '/staff/orders/',
  '/staff/variants/',
  '/staff/counts/',
  '/staff/receive/',
  '/staff/people/',
  '/staff/import/',
  '/staff/join/',
]
const filters: Record<string, string[]> = {
  '/': ['page'],
  '/search': ['q', 'category', 'from', 'to', 'stock', 'choice', 'sort', 'page'],
  '/category/table': ['page'],
  '/account/sign-in': ['next'],
}
const staffFilters: Record<string, string[]> = {
  '/staff': ['q', 'category', 'band', 'location', 'after'],
  '/staff/orders': ['q', 'stage', 'paid', 'location', 'after'],
  '/staff/products': ['q', 'category', 'status', 'after'],
  '/staff/audit': ['q', 'who', 'what', 'from', 'to', 'after'],
  '/staff/dashboard': ['range'],
  '/staff/holds': ['q', 'network', 'after'],
}

async function faultsOf(addresses: string[], cookie = ''): Promise<string[]> {
  const faults: string[] = []
  for (const address of addresses) {
    const { status } = await visit(address, { headers: { cookie } })
    if (status >= 500 || status === 429) faults.push(`${address.slice(0, 80)}: ${status}`)
  }
  return faults
}

const addressesOf = (under: string[], by: Record<string, string[]>) => [
  ...under.flatMap((path) => odd.map((each) => path + each)),
  ...Object.entries(by).flatMap(([path, names]) =>
    names.flatMap((name) => values.map((value) => `${path}?${name}=${value}`)),
  ),
]

test('no odd address of the shop is an error', { timeout: 120_000 }, async () => {
  expect(await faultsOf(addressesOf(paths, filters))).toEqual([])
})

test('no odd address of staff is an error', { timeout: 240_000 }, async () => {
  const cursors = ['26~a1', '99999~a1', '2026-11-30~a1', '2026-11-30T10:00:00Z~a1'].map(
    (cursor) => `/staff/audit?after=${encodeURIComponent(cursor)}`,
  )

  expect(
    await faultsOf([...addressesOf(staffPaths, staffFilters), ...cursors], await staffCookie('manager')),
  ).toEqual([])
})
