import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from 'embedded-supabase/start-error'
import { ROOT } from '@/commands/root'
import { filesOf } from './files'
import { drawPictures } from './pictures'
import { scriptSize } from './script-size'

export const NEXT = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next')

/** The inputs of a build; a change in none of these needs no new one. */
const SOURCES = [
  ...['app', 'components', 'lib', 'public', 'supabase/database.types.ts', 'supabase/seed.sql'],
  'packages/product-art/src',
  ...[
    'proxy.ts',
    'instrumentation.ts',
    'next.config.ts',
    'postcss.config.mjs',
    'tsconfig.json',
    'package-lock.json',
  ],
]

/** Empty, which .env.local does not override: a page that reads Supabase while it is built fails at once. */
const NO_SUPABASE = {
  NEXT_PUBLIC_SUPABASE_URL: '',
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: '',
  SUPABASE_SECRET_KEY: '',
}

/** Whether the last build was made from the sources as they are. */
export function isBuilt(): boolean {
  const note = noteOfBuild()
  return existsSync(note) && readFileSync(note, 'utf8') === hashOf(SOURCES)
}

/** The production build. It holds no address, key or row: one build serves any Supabase. */
export async function buildShop(interrupted?: AbortSignal): Promise<void> {
  drawPictures()
  const hash = hashOf(SOURCES)
  const build = spawn(process.execPath, [NEXT, 'build'], {
    cwd: ROOT,
    env: { ...process.env, ...NO_SUPABASE, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(interrupted && { signal: interrupted }),
  })
  const output = collect(build)
  const code = await new Promise((resolve, reject) => build.once('close', resolve).once('error', reject))
  if (code !== 0) throw new StartError(`The shop could not be built (next build):\n${output().trim()}`)
  mkdirSync(distDir(), { recursive: true })
  writeFileSync(noteOfBuild(), hash)
  console.log(scriptSize(distDir()))
}

function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  }
  return () => text
}

/** Where `next build` puts its output; a test builds beside a running shop. */
function distDir(): string {
  return join(ROOT, process.env.NEXT_DIST_DIR ?? '.next')
}

function noteOfBuild(): string {
  return join(distDir(), 'onhand-sources')
}

function hashOf(paths: string[]): string {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesOf).sort()) {
    hash.update(file).update(readFileSync(join(ROOT, file)))
  }
  return hash.digest('hex')
}
