import { readdirSync } from 'node:fs'

// npm run bench -- NAME: runs bench/NAME.ts, which exports `run()` and reports by ./figures/report.
const support = new Set(['run.ts'])
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !support.has(file))
  .map((file) => file.slice(0, -'.ts'.length))

const [name = ''] = process.argv.slice(2)
if (!names.includes(name)) {
  console.error(`Which benchmark? npm run bench -- ${names.join(' | ')}`)
  process.exit(2)
}
const { run } = (await import(`./${name}`)) as { run: () => Promise<void> }
await run()
