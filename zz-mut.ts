import { spawnSync } from 'node:child_process'
import { startScratch } from '@/tests/kernel/support/scratch'
import { planted } from '@/tests/kernel/mutants/plant'
import { surfaceMutants } from '@/tests/kernel/mutants/surface-mutants'
const scratch = await startScratch()
let n = 0
for (const m of surfaceMutants) {
  const url = await scratch.database(`m${n++}`, planted(m))
  const r = spawnSync('node_modules/.bin/vitest', ['run', '--project', 'database', '--bail=1', '--testTimeout=300000', m.seenIn ?? ''], { env: { ...process.env, KERNEL_DATABASE_URL: url, DATABASE_URL: url, NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:1', NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'none', SUPABASE_SECRET_KEY: 'none' }, encoding: 'utf8' })
  console.log(m.name, '|', r.status === 0 ? 'SURVIVED' : ((r.stdout + r.stderr).match(/FAIL.*/) ?? ['?'])[0].replace(/\x1b\[[0-9;]*m/g, '').slice(0, 140))
}
await scratch.stop()
