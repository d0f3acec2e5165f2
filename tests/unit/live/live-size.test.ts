import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'

/** Everything a page may ask of the live layer: what a shopper's page uses, and what staff's does besides. */
const shoppers = [
  'provider',
  ...['use-live-query', 'use-connection', 'use-freshness', 'use-return'].map(inHooks),
]
const staff = [
  'data-api-provider',
  ...['use-optimistic-rows', 'use-live-list', 'use-presence', 'use-data-api'].map(inHooks),
]

/** Bytes of gzip, as one script; React and Supabase are not ours. */
async function sizeOf(hooks: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    stdin: {
      contents: [...hooks.map((hook) => `client/live/${hook}`), 'domain/live/query']
        .map((file) => `export * from '@/lib/${file}'`)
        .join('\n'),
      resolveDir: ROOT,
    },
    alias: { '@': ROOT },
    bundle: true,
    external: ['react', 'react-dom', '@supabase/*'],
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    target: 'es2023',
    write: false,
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}

test('the live layer is small: what is ours of it, beside Supabase and React', async () => {
  const [forShoppers, forAll] = await Promise.all([sizeOf(shoppers), sizeOf([...shoppers, ...staff])])

  expect(forShoppers).toBeLessThanOrEqual(6.8 * 1024)
  expect(forAll).toBeLessThanOrEqual(8.5 * 1024)
})

function inHooks(name: string): string {
  return `hooks/${name}`
}
