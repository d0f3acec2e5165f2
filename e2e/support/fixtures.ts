import { type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { type Account, addStaff, endAccess, makeAccount, type Role } from './accounts'
import { connect, type Goods, makeGoods, unlist } from './shop'

/** Opens a separate browser for a person; signed in when a role is given. */
type Visit = (who: Role | 'shopper', options?: BrowserContextOptions) => Promise<Page>
type Session = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>

interface EachTest {
  visit: Visit
  /** A product with two variants, seven units of each at a separate location. */
  goods: Goods
}

interface EachWorker {
  sql: Sql
  staffMember: (role: Role) => Promise<Account>
  session: (role: Role) => Promise<Session>
}

export { expect }

export const test = base.extend<EachTest, EachWorker>({
  sql: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from the pattern
    async ({}, use) => {
      const sql = connect()
      await use(sql)
      await sql.end()
    },
    { scope: 'worker' },
  ],

  staffMember: [
    async ({ sql }, use) => {
      const accounts = new Map<Role, Promise<Account>>()
      const hire = async (role: Role) => {
        const account = await makeAccount()
        await addStaff(sql, account, role)
        return account
      }
      await use((role) => {
        const account = accounts.get(role) ?? hire(role)
        accounts.set(role, account)
        return account
      })
      for (const account of accounts.values()) await endAccess(sql, await account)
    },
    { scope: 'worker' },
  ],

  // One sign-in for each role and worker: Auth limits how often one address may try.
  session: [
    async ({ browser, staffMember }, use) => {
      const sessions = new Map<Role, Promise<Session>>()
      const open = async (role: Role) => {
        const context = await browser.newContext({ baseURL: process.env.SITE_URL ?? '' })
        const page = await context.newPage()
        await signIn(page, await staffMember(role))
        await expect(page.getByRole('heading', { name: 'Inventory' })).toBeVisible()
        const session = await context.storageState()
        await context.close()
        return session
      }
      await use((role) => {
        const session = sessions.get(role) ?? open(role)
        sessions.set(role, session)
        return session
      })
    },
    { scope: 'worker' },
  ],

  visit: async ({ browser, session }, use) => {
    const complaints: string[] = []
    const contexts: { close: () => Promise<void> }[] = []
    await use(async (who, options = {}) => {
      const storageState = who === 'shopper' ? undefined : await session(who)
      const context = await browser.newContext({ ...options, ...(storageState && { storageState }) })
      contexts.push(context)
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (fault) => complaints.push(String(fault.error())))
      return context.newPage()
    })
    for (const context of contexts) await context.close()
    expect(complaints, 'on the console').toEqual([])
  },

  goods: async ({ sql }, use) => {
    const goods = await makeGoods(sql, 7)
    await use(goods)
    await unlist(sql, goods)
  },
})

/** Signs in by the page's own form. */
export async function signIn(page: Page, { email, password }: Account): Promise<void> {
  await page.goto('/staff/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
