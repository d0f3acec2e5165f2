import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@supabase/supabase-js'
import { freePort } from 'embedded-supabase/ports'
import { startStack } from 'embedded-supabase/stack'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '@/commands/root'
import { enableSandbox } from '@/commands/stack/sandbox'
import { afterSeed, environmentOf } from '@/commands/stack/shop-stack'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onhand-backup-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Works with a stack on this data folder, and stops it. */
async function onStack<T>(
  dataDir: string,
  work: (sql: postgres.Sql, env: Record<string, string>) => Promise<T>,
): Promise<T> {
  const stack = await startStack({
    ...{ project: ROOT, dataDir, afterSeed },
    ...{ apiPort: await freePort(), databasePort: await freePort() },
  })
  const env = environmentOf(stack)
  const sql = postgres(env.DATABASE_URL ?? '', { max: 2, onnotice: () => undefined })
  try {
    return await work(sql, env)
  } finally {
    await sql.end()
    await stack.stop()
  }
}

const picture = `${randomUUID()}-400x400.webp`
const pictures = (env: Record<string, string>) =>
  createClient(env.NEXT_PUBLIC_SUPABASE_URL ?? '', env.SUPABASE_SECRET_KEY ?? '').storage.from('pictures')

/** The sums, ledgers, orders and version of a shop: none of them may be lost. */
async function sumsOf(sql: postgres.Sql) {
  const [sums] = await sql`select public.schema_version() as version,
    (select jsonb_build_array(sum(on_hand), sum(held), sum(committed)) from public.stock_levels) as levels,
    (select jsonb_build_array(count(*), sum(delta)) from public.stock_movements) as movements,
    (select jsonb_build_array(count(*), sum(total_minor)) from public.orders) as orders,
    (select count(*)::int from pg_publication_tables where pubname = 'supabase_realtime') as published`
  return { ...sums, wrong: [...(await sql`select * from public.verify_inventory()`)] }
}

test('a copy of the data folder is a backup: on it the sums are the same, and the shop goes on', async () => {
  const [shop, copy] = [join(folder, 'shop'), join(folder, 'copy')]
  const before = await onStack(shop, async (sql, env) => {
    await enableSandbox(env.DATABASE_URL ?? '')
    await sql.begin(async (tx) => {
      const { variantId } = await stockedVariant(tx, 5)
      await anOrder(tx, variantId, 2)
    })
    const kept = await pictures(env).upload(picture, Buffer.from('a picture'), { contentType: 'image/webp' })
    expect(kept.error).toBeNull()
    return sumsOf(sql)
  })
  execFileSync('cp', ['-a', shop, copy])
  rmSync(shop, { recursive: true })

  await onStack(copy, async (sql, env) => {
    expect(await sumsOf(sql)).toEqual(before)
    expect(before.wrong).toEqual([])
    expect(await (await pictures(env).download(picture)).data?.text()).toBe('a picture')
    await sql.begin(async (tx) => {
      const { variantId } = await stockedVariant(tx, 5)
      await anOrder(tx, variantId, 2)
    })
    expect([...(await sql`select * from public.verify_inventory()`)]).toEqual([])
  })
}, 180_000)
