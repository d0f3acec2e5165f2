import { readdirSync } from 'node:fs'
import { join } from 'node:path'

// npm run bench -- NAME: runs bench/NAME.ts or bench/lists/NAME.ts, which exports `run()` and reports by ./figures/report.
const folders = ['.', './lists']
const support = new Set(['run.ts'])
const paths = new Map(
  folders.flatMap((folder) =>
    readdirSync(join(import.meta.dirname, folder))
      .filter((file) => file.endsWith('.ts') && !support.has(file))
      .map((file) => [file.slice(0, -'.ts'.length), `${folder}/${file}`] as const),
  ),
)

const [name = ''] = process.argv.slice(2)
const path = paths.get(name)
if (!path) {
  console.error(`Which benchmark? npm run bench -- ${[...paths.keys()].join(' | ')}`)
  process.exit(2)
}
const { run } = (await import(path)) as { run: () => Promise<void> }
await run()
