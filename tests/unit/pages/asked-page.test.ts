import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { askedPage } from '@/lib/server/pages/asked-page'

const ask = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  askedPage({ url, headers, method } as unknown as IncomingMessage)

test.for([
  ['/', '/'],
  ['/?page=1', '/'],
  ['/?page=2', '/?page=2'],
  ['/?page=02', '/?page=2'],
  ['/?page=x&utm_source=mail', '/'],
  ['/category/table?page=3&sort=price&category=x&q=y', '/category/table?sort=price&page=3'],
  ['/products/moon-jar?fbclid=1&variant=MOON-1', '/products/moon-jar?variant=MOON-1'],
  ['/products/moon-jar?_rsc=abc', '/products/moon-jar'],
  ['/products/moon-jar?variant=A&variant=B', '/products/moon-jar'],
  ['/search?q=%20jug%20&page=1', '/search?q=jug'],
  ['/search?page=2&sort=price&q=jug&utm_source=mail', '/search?q=jug&sort=price&page=2'],
  [
    '/search?choice=B%3D2&q=a&choice=A%3D1&from=1,5&to=x&stock=1',
    '/search?q=a&from=1.5&stock=1&choice=A%3D1&choice=B%3D2',
  ],
  ['/search?q=jug&sort=best&stock=yes&choice=none&category=..%2F', '/search?q=jug'],
  ['/search', '/search'],
])('%s is the page of %s', ([url, address]) => {
  expect(ask(url ?? '')?.address).toBe(address)
})

test.for([
  '/cart',
  '/account',
  '/staff',
  '/searching',
  '/products',
  '/products/moon-jar/',
  '/products/moon-jar/answer',
  '/products/moon-jar/opengraph-image',
  '/products/%6doon-jar',
  '/products/Moon-Jar',
  '/products/..;/account',
  '/products/..%2faccount',
  '/products/x;/../../account',
  '/category/table/../../account',
  '//evil.example/products/moon-jar',
  'http://evil.example/products/moon-jar',
  '/products/moon-jar%00',
  '/products/moon-jar.css',
  '/CATEGORY/table',
])('%s is not shared', (url) => {
  expect(ask(url)).toBeNull()
})

test('only reading is shared, and only whole pages', () => {
  expect(ask('/', {}, 'HEAD')?.key).toBe(ask('/')?.key)
  expect(ask('/', {}, 'POST')).toBeNull()
  expect(ask('/', { 'content-length': '1' })).toBeNull()
  expect(ask('/', { 'transfer-encoding': 'chunked' })).toBeNull()
  expect(ask('/', { rsc: '1', 'next-router-prefetch': '1' })).toBeNull()
  expect(ask('/', { rsc: '1', 'next-router-segment-prefetch': '/_tree' })).toBeNull()
})

test('the data of a page is not its HTML, and HTTPS is not HTTP', () => {
  const keys = [
    ask('/'),
    ask('/', { rsc: '1' }),
    ask('/', { 'x-forwarded-proto': 'https' }),
    ask('/', { rsc: '1', 'x-forwarded-proto': 'https, http' }),
  ].map((each) => each?.key)
  expect(new Set(keys).size).toBe(4)
})

test.for([
  ['cookie', 'cart=secret'],
  ['host', 'evil.example'],
  ['x-forwarded-host', 'evil.example'],
  ['x-forwarded-for', '198.51.100.1'],
  ['accept-language', 'nl'],
  ['user-agent', 'Googlebot'],
  ['next-router-state-tree', '%5B%22evil%22%5D'],
  ['next-url', '/evil'],
  ['x-middleware-subrequest', 'proxy'],
  ['authorization', 'Bearer x'],
  ['x-onhand-asked-path', '/evil'],
  ['if-none-match', '*'],
  ['range', 'bytes=0-1'],
] as const)('nothing depends on the header %s', ([name, value]) => {
  expect(ask('/products/moon-jar', { [name]: value })).toEqual(ask('/products/moon-jar'))
})
