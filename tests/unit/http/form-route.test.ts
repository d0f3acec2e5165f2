import { expect, test } from 'vitest'
import { z } from 'zod'
import { refused } from '@/lib/domain/core/result'
import { formRoute } from '@/lib/server/forms/form-route'
import { readableAddress } from '@/lib/server/http/readable-address'

const route = formRoute(
  {
    least: 'anybody',
    schema: z.object({}),
    run: async () => refused({ code: 'cookies_blocked', detail: {} }),
  },
  () => 'Your browser blocks cookies.',
)

const posted = (address: string) =>
  route(
    new Request(address, {
      method: 'POST',
      headers: { origin: new URL(address).origin, host: new URL(address).host },
      body: new URLSearchParams({ quantity: '1' }),
    }),
  )

test('a browser that sends no cookie back is told so', async () => {
  const answer = await posted('http://shop.example/cart/add?again')

  expect([answer.status, await answer.text()]).toEqual([403, 'Your browser blocks cookies.'])
})

test.each([
  ['/products/mug', '?variant=MUG-1', null],
  ['/products/t%C3%A9', '', null],
  ['/products/%E0%A4%A', '', '/not-an-address'],
  ['/products/a%00b', '?q=%00', '/products/ab?q='],
  ['/%00/evil.example', '', '/evil.example'],
])('the address %s%s leads to %s', (pathname, search, to) => {
  expect(readableAddress({ pathname, search })).toBe(to)
})
