import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'

const folders = ['app', 'components', 'lib', 'commands', 'packages', 'public', 'supabase/schemas']

test('the name and the texts of the demo shop are in its seed alone', () => {
  const seed = readFileSync(join(ROOT, 'supabase/seed.sql'), 'utf8')
  expect(seed).toContain("name = 'Fewings'")
  const places = execFileSync('git', ['ls-files', ...folders], { cwd: ROOT })
    .toString()
    .split('\n')
    .filter((file) => /\.(tsx?|css|svg|sql|json)$/.test(file))
    .filter((file) =>
      /fewings|forty jugs|editions small enough/i.test(readFileSync(join(ROOT, file), 'utf8')),
    )

  expect(places).toEqual([])
})
