import { expect, test } from 'vitest'
import { backButtonHeaders } from '@/lib/server/http/back-button'

const held = { 'cache-control': 'private, no-cache', vary: '*' }

function asked(pathname: string, { method = 'GET', as = 'document', cookie = 'cart' } = {}) {
  return backButtonHeaders({
    method,
    headers: new Headers({ 'sec-fetch-dest': as }),
    nextUrl: { pathname },
    cookies: { getAll: () => [{ name: cookie, value: 'secret' }] },
  })
}

test.for(['/', '/search', '/category/table', '/products/moon-jar'])(
  'the browser may hold %s for the back button, and no cache may store it',
  (path) => {
    expect(asked(path)).toEqual(held)
  },
)

test.for(['/cart', '/checkout', '/orders/1', '/account', '/staff', '/searching', '/products'])(
  'nothing holds %s',
  (path) => {
    expect(asked(path)).toEqual({})
  },
)

test('no cache keeps a page of a signed-in user, or any other response', () => {
  expect(asked('/', { cookie: 'sb-shop-auth-token.0' })).toEqual({})
  expect(asked('/', { method: 'POST' })).toEqual({})
  expect(asked('/', { as: 'empty' })).toEqual({})
})
