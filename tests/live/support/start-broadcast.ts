import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from 'embedded-supabase/ports'
import { startStack } from 'embedded-supabase/stack'
import type { TestProject } from 'vitest/node'
import { ROOT } from '@/commands/root'
import { environmentOf } from '@/commands/stack/shop-stack'
import { connect } from '@/tests/support/database'
import type { ShelfAddress } from './shelf-process'

declare module 'vitest' {
  interface ProvidedContext {
    broadcastingShop: Record<string, string>
  }
}

/**
 * A separate Supabase for the tests in which pages follow the stock by Broadcast, whatever else is tested in this run. The
 * part of the shop's server that pages ask is in another process: it knows one Supabase.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'onhand-broadcast-'))
  const ports = { apiPort: await freePort(), databasePort: await freePort() }
  const stack = await startStack({ project: ROOT, dataDir, seed: false, ...ports })
  const sql = connect(1, stack.databaseUrl)
  await sql`update public.shop_settings set stock_broadcast = true`
  await sql.end()
  const env = environmentOf(stack)
  const shop = fork(join(import.meta.dirname, 'shelf-process.ts'), {
    execArgv: ['--import', 'tsx', '--conditions', 'react-server'],
    env: { ...process.env, ...env },
  })
  const [url] = (await once(shop, 'message')) as [ShelfAddress]
  project.provide('broadcastingShop', { ...env, SHELF_SERVER_URL: url, STOCK_BROADCAST: 'on' })
  return async () => {
    shop.disconnect()
    await once(shop, 'exit')
    await stack.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
