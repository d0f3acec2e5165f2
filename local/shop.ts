import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from './config'
import { StartError } from './start-error'

const NEXT = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next')

/**
 * Loaded into the server before anything else: when we end, even by kill -9, its standard input closes and it
 * stops itself. No orphan keeps the port. The processes it starts load this too, and leave it at that.
 */
const LEASH = `data:text/javascript,${encodeURIComponent(`
  if (process.ppid === ${process.pid}) process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume()
`)}`

/** What a build is made of; a change in none of these needs no new one. */
const SOURCES = [
  ...['app', 'components', 'lib', 'public', 'supabase/database.types.ts'],
  ...['proxy.ts', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json'],
]

export interface Shop {
  url: string
  stop: () => Promise<void>
  /** Resolves with the reason when the shop ends by itself. */
  broken: Promise<StartError>
}

export interface ShopOptions {
  mode: 'start' | 'dev'
  port: number
  env: Record<string, string>
}

/** Where `next build` puts its output; a test builds beside a running shop. */
export function distDir(): string {
  return process.env.NEXT_DIST_DIR ?? '.next'
}

/** Whether the last build was made from the sources as they are. */
export function isBuilt(): boolean {
  const note = noteOfBuild()
  return existsSync(note) && readFileSync(note, 'utf8') === hashOf(SOURCES)
}

/** The production build. It holds no address and no key: one build serves any Supabase. */
export async function buildShop(interrupted: AbortSignal): Promise<void> {
  const hash = hashOf(SOURCES)
  const build = spawn(process.execPath, [NEXT, 'build'], {
    cwd: ROOT,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: interrupted,
  })
  const output = collect(build)
  const code = await new Promise((resolve, reject) => build.once('close', resolve).once('error', reject))
  if (code !== 0) throw new StartError(`The shop could not be built (next build):\n${output().trim()}`)
  mkdirSync(join(ROOT, distDir()), { recursive: true })
  writeFileSync(noteOfBuild(), hash)
}

/** The shop's server on this machine alone. Resolves once it answers. */
export async function startShop({ mode, port, env }: ShopOptions): Promise<Shop> {
  const url = `http://localhost:${port}`
  const server = spawn(
    process.execPath,
    ['--import', LEASH, NEXT, mode, '--hostname', '127.0.0.1', '--port', String(port)],
    {
      cwd: ROOT,
      env: { ...process.env, ...env, SITE_URL: url, NEXT_TELEMETRY_DISABLED: '1' },
      // Its own group, so that Ctrl-C reaches us alone and we stop everything in order.
      detached: true,
      stdio: mode === 'dev' ? ['pipe', 'inherit', 'inherit'] : ['pipe', 'ignore', 'inherit'],
    },
  )
  let isStopping = false
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const broken = exited.then(() =>
    isStopping ? new Promise<never>(() => undefined) : new StartError('The shop ended by itself; see above.'),
  )
  const stop = async () => {
    isStopping = true
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGTERM')
    await exited
  }
  try {
    await untilAnswers(port, broken)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop, broken }
}

async function untilAnswers(port: number, broken: Promise<Error>): Promise<void> {
  let reason: Error | null = null
  const watch = broken.then((error) => {
    reason = error
  })
  for (;;) {
    if (reason) throw reason
    const isUp = await fetch(`http://127.0.0.1:${port}/robots.txt`, { redirect: 'manual' }).then(
      () => true,
      () => false,
    )
    if (isUp) return
    await Promise.race([watch, sleep(100)])
  }
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

function noteOfBuild(): string {
  return join(ROOT, distDir(), 'onhand-sources')
}

function hashOf(paths: string[]): string {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((path) => filesOf(path)).sort()) {
    hash.update(file).update(readFileSync(join(ROOT, file)))
  }
  return hash.digest('hex')
}

function filesOf(path: string): string[] {
  if (!existsSync(join(ROOT, path))) return []
  if (statSync(join(ROOT, path)).isFile()) return [path]
  return readdirSync(join(ROOT, path)).flatMap((name) => filesOf(join(path, name)))
}
