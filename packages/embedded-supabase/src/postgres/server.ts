import { type ChildProcess, spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '#start-error'
import type { Cluster } from './cluster'
import { readPostmaster } from './postmaster'

/** A running PostgreSQL. `exited` resolves once it is gone, asked for or not. */
export interface Server {
  stop: () => Promise<void>
  exited: Promise<void>
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 300,
  wal_level: 'logical',
  max_wal_senders: 20,
  max_replication_slots: 20,
  // A replication slot nobody reads may not fill the disk.
  max_slot_wal_keep_size: '1GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %u ',
}

/**
 * The server holds one end of a pipe to us. When we end, even by kill -9, the pipe closes and the watcher
 * asks the server to stop: no orphan keeps the port. A line written to the pipe dismisses the watcher, for
 * when the server went first and its process number may already be someone else's.
 */
const LEASH = '( ( read -r _ || kill -INT $$ ) <&3 & ); exec 3<&-; exec "$@"'

/** Starts the server of a cluster and waits until it takes connections. Crash recovery may take a while. */
export async function startServer(cluster: Cluster, port: number): Promise<Server> {
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const [command = '', ...args] = [
    ...cluster.account.prefix,
    ...['/bin/sh', '-c', LEASH, 'leash', cluster.binaries.postgres, '-D', cluster.path],
    ...settings,
  ]
  const log = openSync(cluster.log, 'w')
  const child = spawn(command, args, {
    ...cluster.account.spawn,
    // A separate session: Ctrl-C in the terminal reaches us, and we stop the server last.
    detached: true,
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log, 'pipe'],
  })
  const exited = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => {
      leashOf(child).end('\n')
      resolve()
    })
  })
  leashOf(child).on('error', () => undefined) // the watcher is gone: nothing left to dismiss
  await untilReady(cluster, child, exited)
  return { exited, stop: () => stop(child, exited) }
}

function leashOf(child: ChildProcess) {
  const pipe = child.stdio[3]
  if (!pipe || !('end' in pipe)) throw new Error('the pipe to PostgreSQL was not opened')
  return pipe
}

async function untilReady(cluster: Cluster, child: ChildProcess, exited: Promise<void>): Promise<void> {
  let gone = false
  const watch = exited.then(() => {
    gone = true
  })
  for (;;) {
    if (gone) throw new StartError(explain(cluster))
    const postmaster = readPostmaster(cluster.path)
    if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return
    await Promise.race([watch, sleep(20)])
  }
}

function explain(cluster: Cluster): string {
  const lines = readFileSync(cluster.log, 'utf8').trim().split('\n')
  const reason =
    lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing'
  return `PostgreSQL stopped while starting: ${reason.trim()} (the whole log is ${join(cluster.log)})`
}

/** A fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
  const late = sleep(10_000, 'late' as const, { ref: false })
  if ((await Promise.race([exited, late])) === 'late') child.kill('SIGQUIT')
  await exited
}
