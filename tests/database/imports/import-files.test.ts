import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createClient } from '@supabase/supabase-js'
import { afterAll, expect, test } from 'vitest'
import { parseCatalogue } from '@/lib/domain/imports/reading/parse-catalogue'
import {
  applyImport,
  discardImport,
  previewImport,
  recentImports,
  shopCurrency,
  stageImport,
} from '@/lib/server/imports/imports'
import type { Database } from '@/supabase/database.types'
import { connect } from '@/tests/support/database'
import { csv, testProduct } from '@/tests/support/shop/catalogue-file'
import { aHandle, aLocation } from '@/tests/support/shop/imports'

// Through the Data API, as the command and the staff page do it.
const sql = connect(1)
afterAll(() => sql.end())

const client = createClient<Database>(
  process.env.NEXT_PUBLIC_SUPABASE_URL ?? '',
  process.env.SUPABASE_SECRET_KEY ?? '',
  {
    auth: { persistSession: false, autoRefreshToken: false },
  },
)

const FOLDER = resolve('..', 'shared', 'data', 'shopify')
const realFiles = ['apparel.csv', 'home-and-garden.csv']
  .map((name) => resolve(FOLDER, name))
  .filter(existsSync)
if (realFiles.length === 0) console.info(`Not tried: Shopify's own sample files are not in ${FOLDER}.`)

async function stage(bytes: Uint8Array, locationId: string) {
  const file = parseCatalogue(bytes, await shopCurrency(client))
  if (!file.ok) throw new Error('the file was refused', { cause: file.error })
  const begun = await stageImport(client, {
    fileName: 'file.csv',
    content: file,
    locationId,
    idempotencyKey: randomUUID(),
  })
  if (!begun.ok) throw new Error('staging was refused', { cause: begun.error })
  return { id: begun.data.id, file: file.data }
}

test.for(realFiles)('%s is imported, and imported again changes nothing', async (path) => {
  const place = await aLocation(sql)
  const bytes = readFileSync(path)

  const { id, file } = await stage(bytes, place)
  const done = await applyImport(client, id, randomUUID())
  const again = await previewImport(client, (await stage(bytes, place)).id)

  expect(done.ok).toBe(true)
  expect(again).toMatchObject({
    ok: true,
    data: { changes: [], conflicts: [], import: { summary: { units_in: 0, units_out: 0 } } },
  })
  const handles = file.products.map(({ handle }) => handle)
  const { data } = await client.from('products').select('handle, status').in('handle', handles)
  expect(data).toHaveLength(20)
  const drift = await client.rpc('verify_inventory')
  expect(drift).toMatchObject({ error: null, data: [] })
})

test('an import is seen, looked at, confirmed once and listed through the Data API', async () => {
  const [place, handle] = [await aLocation(sql), aHandle()]
  const { id } = await stage(csv([{ ...testProduct, Handle: handle }]), place)

  const preview = await previewImport(client, id)
  const seen = preview.ok ? preview.data.import.summary.fingerprint : ''
  const key = randomUUID()
  const done = await applyImport(client, id, key, seen)
  const again = await applyImport(client, id, key, seen)

  expect(preview).toMatchObject({
    ok: true,
    data: { changes: [{ subject: 'product' }, { subject: 'variant', sku: handle.toUpperCase() }] },
  })
  expect(done).toMatchObject({ ok: true, data: { location_id: place, summary: { units_in: 3 } } })
  expect(again).toEqual(done)
  expect((await recentImports(client)).map((record) => record.id)).toContain(id)
})

test('problems of an import are returned as a refusal with their lines', async () => {
  const [place, handle] = [await aLocation(sql), aHandle()]
  const taken = { ...testProduct, Handle: handle, 'Variant SKU': handle }
  const first = await stage(csv([taken]), place)
  await applyImport(client, first.id, randomUUID())

  const { id } = await stage(csv([{ ...taken, Handle: aHandle('bowl') }]), place)
  const refused = await applyImport(client, id, randomUUID())

  expect(refused).toMatchObject({
    ok: false,
    error: {
      code: 'import_conflict',
      detail: { conflicts: [{ line: 2, column: 'Variant SKU', value: handle }] },
    },
  })
  expect(await discardImport(client, id)).toEqual({ ok: true, data: true })
})
