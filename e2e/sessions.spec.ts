import { expect, test } from '@/e2e/support/fixtures'

test('the shop gives nobody a cookie', async ({ visit, goods }) => {
  const page = await visit('shopper')

  for (const path of ['/', `/products/${goods.handle}`, '/search?q=jug', '/staff/sign-in']) {
    const answer = await page.goto(path)
    expect(await answer?.headerValue('set-cookie'), path).toBeNull()
  }

  expect(await page.context().cookies()).toEqual([])
})

test('every page says what it may load, and nobody may frame it', async ({ visit, goods }) => {
  const page = await visit('shopper')
  const policies = new Set<string>()

  for (const path of ['/', `/products/${goods.handle}`, '/staff/sign-in', '/no-such-page']) {
    const answer = await page.request.get(path)
    const headers = answer.headers()
    expect(headers['content-security-policy'], path).toMatch(
      /script-src 'self' 'nonce-[\w-]+' 'strict-dynamic';/,
    )
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy'], path).toContain("worker-src 'self'")
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['referrer-policy'], path).toBe('strict-origin-when-cross-origin')
    expect(headers['x-powered-by'], path).toBeUndefined()
    policies.add(headers['content-security-policy'] ?? '')
  }

  expect(policies.size, 'no nonce is used twice').toBe(4)
})

test('a session that ran out is renewed unseen, on an answer nobody may keep', async ({ visit }) => {
  const page = await visit('viewer')
  const context = page.context()
  const [cookie] = (await context.cookies()).filter(({ name }) => name.endsWith('-auth-token'))
  if (!cookie) throw new Error('a signed-in person has a session cookie')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  const session: unknown = JSON.parse(
    Buffer.from(cookie.value.replace('base64-', ''), 'base64url').toString(),
  )
  const expired = JSON.stringify(Object.assign(session as object, { expires_at: 1 }))
  await context.addCookies([{ ...cookie, value: `base64-${Buffer.from(expired).toString('base64url')}` }])

  const answer = await page.goto('/staff')

  await expect(page.getByRole('heading', { name: 'Inventory' })).toBeVisible()
  expect(await answer?.headerValue('set-cookie')).toContain('-auth-token')
  expect(await answer?.headerValue('cache-control')).toContain('no-store')
})

test('a staff member who is dismissed while signed in sees nothing from then on', async ({
  visit,
  staffMember,
  sql,
}) => {
  const page = await visit('manager')
  await page.goto('/staff')
  await expect(page.locator('table, [role=grid]')).toBeVisible()
  const { id } = await staffMember('manager')

  await sql`update public.staff set active = false where user_id = ${id}`
  try {
    await page.goto('/staff')
    await expect(page.getByRole('heading', { name: 'Your access has ended' })).toBeVisible()
    await expect(page.locator('table, [role=grid]')).toHaveCount(0)
  } finally {
    await sql`update public.staff set active = true where user_id = ${id}`
  }
})
