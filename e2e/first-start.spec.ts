import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions } from '@playwright/test'
import { freePort } from 'embedded-supabase/ports'
import { startStack } from 'embedded-supabase/stack'
import postgres from 'postgres'
import { ROOT } from '@/commands/root'
import { startShop } from '@/commands/shop/shop'
import { environmentOf } from '@/commands/stack/shop-stack'
import { expect, test } from '@/e2e/support/fixtures'
import { phone } from '@/e2e/support/keys'
import { expectReadable } from '@/e2e/support/readable'

/** A deployment as docs/deploy.md makes it: the migrations and no seed. */
async function cleanDeployment() {
  const dataDir = mkdtempSync(join(tmpdir(), 'onhand-first-start-'))
  const ports = { apiPort: await freePort(), databasePort: await freePort() }
  const stack = await startStack({ project: ROOT, dataDir, seed: false, ...ports })
  const env = { ...environmentOf(stack), SANDBOX_PAYMENTS: 'off', SMTP_URL: '', MAIL_FROM: '' }
  const shop = await startShop({ mode: 'start', port: await freePort(), env })
  return {
    ...{ url: shop.url, stack },
    async stop() {
      await shop.stop()
      await stack.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The statement of docs/deploy.md that makes an account the first manager. */
function firstManagerStatement(): string {
  const page = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8')
  const statement = /^ {4}insert into public\.staff[^;]*;/m.exec(page)?.[0]
  if (!statement) throw new Error('docs/deploy.md has no statement for the first manager')
  return statement
}

test('a clean deployment is set up by its first manager, step by step, and opens', async ({ browser }) => {
  const { url, stack, stop } = await cleanDeployment()
  const sql = postgres(stack.databaseUrl, { max: 1, onnotice: () => undefined })
  try {
    const open = async (options: BrowserContextOptions) =>
      (await browser.newContext({ baseURL: url, ...options })).newPage()
    const desk = await open({ viewport: { width: 1440, height: 900 } })
    const shopper = await open({ ...phone, colorScheme: 'dark', javaScriptEnabled: false })
    await shopper.goto('/')
    await expect(shopper.getByRole('heading', { name: 'Opening soon' })).toBeVisible()
    await expect(shopper).toHaveTitle('Opening soon')

    const ann = { email: 'ann@example.com', password: 'a long enough password' }
    await desk.goto('/account/sign-up')
    await desk.getByLabel('E-mail').fill(ann.email)
    await desk.getByLabel('Password').fill(ann.password)
    await desk.getByRole('button', { name: 'Create account' }).click()
    await expect(desk.getByRole('heading', { name: 'Opening soon' })).toBeVisible()
    await sql.unsafe(firstManagerStatement())
    await desk.goto('/')
    await expectReadable(desk)
    await desk.goto('/staff')
    await expect(desk.getByText('Step 1 of 2')).toBeVisible()
    await expectReadable(desk)
    await desk.screenshot({ path: 'test-results/first-start-1440.png', fullPage: true })
    await desk.getByRole('textbox', { name: 'Name' }).fill('Harbour Books')
    await desk.getByRole('textbox', { name: 'Currency' }).fill('gbp')
    await desk.getByRole('combobox', { name: 'Time zone' }).selectOption('Europe/London')
    await desk.getByRole('button', { name: 'Save' }).click()

    await expect(desk.getByText('Step 2 of 2')).toBeVisible()
    await desk.getByRole('textbox', { name: 'Name' }).fill('The quay')
    await desk.getByRole('textbox', { name: 'Address' }).fill('Quay 1, Bristol')
    await desk.getByRole('button', { name: 'Add location' }).click()

    await expect(desk.getByRole('heading', { name: 'Your shop is open' })).toBeVisible()
    await expect(desk.getByRole('listitem').filter({ hasText: 'Done' })).toHaveCount(3)
    await expect(desk.getByRole('link', { name: 'Receive stock' })).toBeVisible()
    await expectReadable(desk)
    await desk.goto('/staff/dashboard')
    await expect(desk.getByRole('heading', { name: 'Until your shop can sell' })).toBeVisible()
    await expectReadable(desk)

    await shopper.goto('/')
    await expect(shopper.getByRole('heading', { name: 'Opening soon' })).toBeHidden()
    await expect(shopper.getByRole('banner').getByText('Harbour Books')).toBeVisible()
    await expect(shopper.getByRole('heading', { name: 'Harbour Books', level: 1 })).toBeVisible()
    await expect(shopper.getByRole('contentinfo').getByText('Quay 1, Bristol')).toBeVisible()
    await shopper.screenshot({ path: 'test-results/first-start-390.png', fullPage: true })
  } finally {
    await sql.end()
    await stop()
  }
})
