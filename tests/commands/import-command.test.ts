import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from 'embedded-supabase/ports'
import { afterAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { csv } from '@/tests/support/shop/catalogue-file'
import { aHandle, aLocation, twoSizes, variantsOf } from '@/tests/support/shop/imports'

const sql = connect(1)
const folder = mkdtempSync(join(tmpdir(), 'onhand-import-'))
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await sql.end()
})

/** `npm run import` as a separate process, on the Supabase of this run; the shop it tells is at `site`. */
async function runImport(site: string, ...flags: string[]): Promise<{ code: number; said: string }> {
  const command = [
    '--import',
    'tsx',
    '--conditions',
    'react-server',
    'commands/catalogue/import.ts',
    ...flags,
  ]
  const env = { ...process.env, SITE_URL: site }
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env }, (failure, stdout, stderr) =>
      resolve({ code: failure ? Number(failure.code) : 0, said: stdout + stderr }),
    )
  })
}

test('the command makes, inspects and reverts an import', async () => {
  const [handle, place] = [aHandle(), await aLocation(sql)]
  const file = join(folder, 'mugs.csv')
  writeFileSync(file, csv(twoSizes(handle)))
  const units = async () => (await variantsOf(sql, handle)).map(({ on_hand }) => Number(on_hand))

  const nobody = `http://127.0.0.1:${await freePort()}`
  const made = await runImport(nobody, file, '--location', `place-${place}`)
  expect(made.said).toContain('Done. The quantities are in the ledger as import-')
  expect(made.said).toContain(`The shop at ${nobody} does not answer (ECONNREFUSED). Set SITE_URL`)
  expect(made.code).toBe(0)
  expect(await units()).toEqual([3, 1])
  const [document = ''] = /import-\d+/.exec(made.said) ?? []

  const looked = await runImport(nobody, '--revert', document)
  expect(looked.said).toContain('Nothing was changed. With --yes it is reverted like this.')
  expect(looked.code).toBe(0)
  expect(await units()).toEqual([3, 1])

  const back = await runImport(nobody, '--revert', document, '--yes')
  expect(back.said).toContain('Reverted. The quantities are in the ledger as import-')
  expect(back.code).toBe(0)
  expect(await units()).toEqual([0, 0])
  const [product] = await sql`select status from public.products where handle = ${handle}`
  expect(product?.status).toBe('archived')

  const again = await runImport(nobody, '--revert', document, '--yes')
  expect(again.code).toBe(1)
  expect(again.said).toContain('already_undone')
})

test('the command tells the shop that SITE_URL names, and says that this one shows it', async () => {
  const asked: (string | undefined)[] = []
  const site = createServer((request, response) => {
    asked.push(request.url, request.headers.authorization)
    response.end()
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
  const { port } = site.address() as AddressInfo
  const [handle, place] = [aHandle(), await aLocation(sql)]
  const file = join(folder, 'told.csv')
  writeFileSync(file, csv(twoSizes(handle)))

  const { said } = await runImport(`http://127.0.0.1:${port}`, file, '--location', `place-${place}`)
  site.close()

  expect(said).toContain(`The shop at http://127.0.0.1:${port} shows it.`)
  expect(said).not.toContain('localhost')
  expect(asked).toEqual(['/api/revalidate', expect.stringMatching(/^Bearer ./)])
})
