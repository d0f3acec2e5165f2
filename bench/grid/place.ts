import { randomUUID } from 'node:crypto'
import { type Browser, type BrowserContext, chromium } from '@playwright/test'
import { createClient } from '@supabase/supabase-js'
import { freePort } from 'embedded-supabase/ports'
import postgres, { type Sql } from 'postgres'
import { browserPath } from '@/commands/browser/browser'
import { buildShop, isBuilt } from '@/commands/shop/build'
import { startShop } from '@/commands/shop/shop'
import { testSupabase } from '@/commands/stack/test-stack'
import { addLocations, fillCatalogue } from './fill'

/** A shop with so many variants, served and signed in to. */
export interface Place {
  sql: Sql
  url: string
  staff: BrowserContext
  catalogue: () => Promise<Response>
  close: () => Promise<void>
}

export interface Size {
  variants: number
  /** Two, as in the seed, unless given. */
  locations?: number
}

/** Opens a place of each size, side by side, for as long as `work` takes. */
export async function withPlaces(
  sizes: readonly Size[],
  work: (...places: Place[]) => Promise<void>,
): Promise<void> {
  process.env.NEXT_DIST_DIR ??= '.next-test'
  if (!isBuilt()) await buildShop()
  const browser = await chromium.launch({ executablePath: browserPath() })
  const places: Place[] = []
  try {
    for (const size of sizes) places.push(await openPlace(size, browser))
    await work(...places)
  } finally {
    for (const place of places) await place.close()
    await browser.close()
  }
}

async function openPlace({ variants, locations }: Size, browser: Browser): Promise<Place> {
  const supabase = await testSupabase()
  const sql = postgres(supabase.env.DATABASE_URL ?? '', { max: 1, onnotice: () => undefined })
  await fillCatalogue(sql, variants)
  if (locations) await addLocations(sql, locations)
  const shop = await startShop({ mode: 'start', port: await freePort(), env: supabase.env })
  const staff = await browser.newContext({ baseURL: shop.url })
  await signIn(staff, sql, supabase.env)
  console.log(`A shop of ${variants} variants is open.`)

  const api = supabase.env.NEXT_PUBLIC_SUPABASE_URL ?? ''
  const headers = { apikey: supabase.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? '' }
  const columns =
    'id,handle,title,category,limited,variants(price_minor,compare_at_minor,currency),product_media(src,alt,position)'
  const ask = async (query: string) => {
    const response = await fetch(`${api}/rest/v1/${query}`, { headers })
    await response.arrayBuffer()
    return response
  }
  return {
    sql,
    url: shop.url,
    staff,
    async catalogue() {
      const [page] = await Promise.all([
        ask(`products?select=${columns}&status=eq.active&order=position,id&limit=24`),
        ask('category_sizes?select=category,products'),
      ])
      return page
    },
    async close() {
      await staff.close()
      await shop.stop()
      await sql.end()
      await supabase.stop()
    },
  }
}

async function signIn(staff: BrowserContext, sql: Sql, env: Record<string, string>): Promise<void> {
  const account = { email: `${randomUUID()}@onhand.test`, password: randomUUID() }
  const admin = createClient(env.NEXT_PUBLIC_SUPABASE_URL ?? '', env.SUPABASE_SECRET_KEY ?? '', {
    auth: { persistSession: false },
  })
  const { data, error } = await admin.auth.admin.createUser({ ...account, email_confirm: true })
  if (error) throw new Error('an account for the benchmark', { cause: error })
  await sql`insert into public.staff (user_id, name, email, role)
    values (${data.user.id}, 'Bench', ${account.email}, 'stock')`
  const page = await staff.newPage()
  await page.goto('/staff/sign-in')
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Inventory' }).waitFor()
  await page.close()
}
