import { expect, test } from 'vitest'
import { freshMs, usableMs } from '@/lib/domain/pages/page-life'
import { purgePages } from '@/lib/server/pages/purge'
import { aCache, asked, shared } from './support/renders'

const jug = asked('/products/jug')

test('everybody who asks for a page while it is rendered gets that render', async () => {
  const { cache, renders, render } = aCache()
  const first = cache.flightFor(jug)
  const second = cache.flightFor(jug)
  const page = await render(jug, 'a jug')

  expect(renders).toHaveLength(1)
  expect(first).toBe(second)
  expect((await second.page).body).toBe(page.body)
  expect(String(cache.find(jug)?.page.body)).toBe('a jug')
})

test('a page is fresh for a second, then sent once more while the next one is rendered, then no longer', async () => {
  const { cache, clock, render } = aCache()
  await render(jug, 'a jug')

  clock.ms = freshMs
  expect(cache.find(jug)).toMatchObject({ isFresh: true, ageMs: freshMs })
  clock.ms = freshMs + 1
  expect(cache.find(jug)).toMatchObject({ isFresh: false })
  clock.ms = usableMs
  expect(cache.find(jug)).not.toBeNull()
  clock.ms = usableMs + 1
  expect(cache.find(jug)).toBeNull()
})

test('the age of a page counts from the beginning of its render', async () => {
  const { cache, clock, render } = aCache()
  const rendering = cache.flightFor(jug)
  clock.ms = 800
  await render(jug, 'a jug')
  await rendering.page

  clock.ms = 900
  expect(cache.find(jug)?.ageMs).toBe(900)
})

test('after a purge neither a page nor a render that began before it is sent', async () => {
  const { cache, renders, render } = aCache()
  await render(jug, 'the old name')
  purgePages()
  expect(cache.find(jug)).toBeNull()

  const old = cache.flightFor(jug)
  purgePages()
  const fresh = cache.flightFor(jug)
  expect(fresh).not.toBe(old)
  expect(renders).toHaveLength(3)
  await render(jug, 'the new name')
  renders[1]?.response.push(null)
  expect(String(cache.find(jug)?.page.body)).toBe('the new name')
})

test('a render that lands after a purge is not kept', async () => {
  const { cache, render } = aCache()
  const landing = render(jug, 'the old name')
  purgePages()
  await landing

  expect(cache.find(jug)).toBeNull()
})

test.for([
  ['an outage', 503, { ...shared, 'cache-control': 'private, no-store' }],
  ['a failure', 500, shared],
  ['a page that is not there', 404, shared],
  ['a redirect', 308, shared],
  ['a private page', 200, { 'cache-control': 'private, no-store' }],
  ['a page that says nothing of caches', 200, {}],
] as const)('%s is not kept', async ([, status, headers]) => {
  const { cache, render } = aCache()
  await render(jug, 'no jug', status, headers)

  expect(cache.find(jug)).toBeNull()
})

test('a page that shows less than it should is not kept', async () => {
  const { cache, render } = aCache({ isSound: () => false })
  await render(jug, 'a jug without its stock')

  expect(cache.find(jug)).toBeNull()
})

test('an outage leaves the last page in its place for as long as it is usable; a 404 does not', async () => {
  const { cache, clock, render } = aCache()
  await render(jug, 'a jug')
  clock.ms = 2_000
  await render(jug, 'no answer', 503, {})
  expect(String(cache.find(jug)?.page.body)).toBe('a jug')

  await render(jug, 'gone', 404, shared)
  expect(cache.find(jug)).toBeNull()
})

test('a render that fails is rendered again for the next visitor', async () => {
  const { cache, renders, fail } = aCache()
  const flight = cache.flightFor(jug)
  fail()
  await expect(flight.page).rejects.toThrow('no connection')

  cache.flightFor(jug)
  expect(renders).toHaveLength(2)
})

test('a cookie of a render reaches nobody', async () => {
  const { render } = aCache()
  const { headers } = await render(jug, 'a jug', 200, { ...shared, 'set-cookie': ['cart=secret'] })

  expect(headers).not.toHaveProperty('set-cookie')
})

test('however many searches there are, they push out no page of the catalogue', async () => {
  const { cache, render } = aCache()
  await render(jug, 'a jug')
  for (let n = 0; n < 300; n += 1) await render(asked(`/search?q=${n}`, true), 'nothing found')

  expect(cache.find(jug)).not.toBeNull()
  expect(cache.find(asked('/search?q=0', true))).toBeNull()
  expect(cache.find(asked('/search?q=299', true))).not.toBeNull()
})
