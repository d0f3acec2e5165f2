import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from 'embedded-supabase/start-error'
import { ROOT } from '@/commands/root'
import { NEXT } from './build'

/**
 * Loaded into the server before anything else: when we end, even by kill -9, its standard input closes and it
 * stops itself. No orphan keeps the port. The processes it starts load this too, and leave it at that.
 */
const LEASH = `data:text/javascript,${encodeURIComponent(`
  if (process.ppid === ${process.pid}) process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume()
`)}`

export interface Shop {
  url: string
  pid: number
  stop: () => Promise<void>
  /** Resolves with the reason when the shop ends unexpectedly. */
  broken: Promise<StartError>
}

export interface ShopOptions {
  mode: 'start' | 'dev'
  port: number
  env: Record<string, string>
}

/** The shop's server on this machine alone. Resolves once it answers. */
export async function startShop({ mode, port, env }: ShopOptions): Promise<Shop> {
  const url = `http://localhost:${port}`
  const server = spawn(
    process.execPath,
    ['--import', LEASH, NEXT, mode, '--hostname', '127.0.0.1', '--port', String(port)],
    {
      cwd: ROOT,
      env: { ...process.env, SITE_URL: url, ...env, NEXT_TELEMETRY_DISABLED: '1' },
      // Its own group, so that Ctrl-C reaches us alone and we stop everything in order.
      detached: true,
      stdio: mode === 'dev' ? ['pipe', 'inherit', 'inherit'] : ['pipe', 'ignore', 'inherit'],
    },
  )
  let isStopping = false
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const broken = exited.then(() =>
    isStopping
      ? new Promise<never>(() => undefined)
      : new StartError('The shop ended unexpectedly; see above.'),
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
  return { url, pid: server.pid ?? 0, stop, broken }
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
