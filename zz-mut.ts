import { readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { startScratch } from '@/tests/kernel/support/scratch'
import { planted } from '@/tests/kernel/mutants/plant'
import { surfaceMutants } from '@/tests/kernel/mutants/surface-mutants'
const scratch = await startScratch()
let n = 0
const only = process.argv[2] ? surfaceMutants.slice(0, Number(process.argv[2])) : surfaceMutants
for (const m of only) {
  const url = await scratch.database(`m${n++}`, planted(m))
  const r = spawnSync('node_modules/.bin/vitest', ['run', '--project', 'database', '--reporter=json', '--outputFile=/tmp/surf_report.json', '--bail=1', '--testTimeout=300000', m.seenIn ?? ''], { env: { ...process.env, KERNEL_DATABASE_URL: url, DATABASE_URL: url, NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:1', NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'none', SUPABASE_SECRET_KEY: 'none' }, encoding: 'utf8' })
  const rep = JSON.parse(readFileSync('/tmp/surf_report.json', 'utf8'))
  const f = rep.testResults.flatMap((t: any) => t.assertionResults).filter((a: any) => a.status === 'failed').map((a: any) => a.fullName)
  console.log(m.name, '|', r.status === 0 ? 'SURVIVED' : f[0] ?? 'did not run')
}
await scratch.stop()
