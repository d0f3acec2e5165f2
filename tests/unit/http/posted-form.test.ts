import { afterEach, expect, test, vi } from 'vitest'
import { postedForm } from '@/lib/server/http/posted-form'

function post(headers: Record<string, string>, body = 'quantity=2'): Request {
  return new Request('http://127.0.0.1:3000/cart/add', {
    method: 'POST',
    body,
    headers: { host: 'shop.test', 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })
}

afterEach(() => void vi.unstubAllEnvs())

const statusOf = (answer: FormData | Response) => (answer instanceof Response ? answer.status : 200)

test('a form of this shop is taken, also behind a proxy that knows the shop by its name', async () => {
  const form = await postedForm(post({ origin: 'http://shop.test' }))

  expect(form instanceof FormData && form.get('quantity')).toBe('2')
  const behind = { host: '10.0.0.7:3000', 'x-forwarded-host': 'shop.test', origin: 'https://shop.test' }
  expect(statusOf(await postedForm(post(behind)))).toBe(200)
})

test.for([
  ['another site', { origin: 'https://evil.example' }],
  ['a page that hides where it is', { origin: 'null' }],
  ['no origin given', {}],
  ['another port', { origin: 'http://shop.test:8080' }],
] as const)('a form from %s is turned away', async ([, headers]) => {
  expect(statusOf(await postedForm(post(headers)))).toBe(403)
})

test('where SITE_URL says where the shop is, no header says otherwise', async () => {
  vi.stubEnv('SITE_URL', 'https://shop.test')
  const claimed = { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }

  expect(statusOf(await postedForm(post(claimed)))).toBe(403)
  expect(statusOf(await postedForm(post({ origin: 'https://shop.test', host: '10.0.0.7:3000' })))).toBe(200)
})

test('a form longer than any of ours is not read', async () => {
  const long = post({ origin: 'http://shop.test', 'content-length': '16385' })

  expect(statusOf(await postedForm(long))).toBe(413)
})
