import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { ROOT } from '@/commands/root'
import { newId } from '@/lib/client/browser/capabilities'

// lib/client/browser is the one place that asks a browser for what it may lack. The shared socket is small, so it catches
// for itself what a missing channel or lock throws.
const GUARDED = /\b(?:crypto\.randomUUID|new BroadcastChannel|localStorage|sessionStorage|indexedDB)\b/

const files = execFileSync('git', ['ls-files', 'app', 'components', 'lib/client', 'lib/domain'], {
  cwd: ROOT,
})
  .toString()
  .split('\n')
  .filter(
    (file) => /\.tsx?$/.test(file) && !/^lib\/client\/(browser\/|live\/transport\/shared-socket)/.test(file),
  )

test('no page names an interface that a browser may lack', () => {
  const places = files.filter((file) => GUARDED.test(readFileSync(join(ROOT, file), 'utf8')))

  expect(places, 'ask lib/client/browser instead').toEqual([])
})

afterEach(() => vi.unstubAllGlobals())

test('an id is a UUID of version 4 also where the browser makes none', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  const ids = Array.from({ length: 200 }, newId)

  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/)
  expect(new Set(ids).size).toBe(ids.length)
})
