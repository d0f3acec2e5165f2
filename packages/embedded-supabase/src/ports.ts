import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { findProcess } from './processes'
import { StartError } from './start-error'

/** Throws a StartError when something listens on the port. `choose` says how to take another, e.g. `--db-port`. */
export async function requireFreePort(port: number, what: string, choose: string): Promise<void> {
  if (await isFree(port)) return
  const pid = listenerOf(port)
  const by =
    pid === null ? 'another process' : `process ${pid} (${findProcess(pid)?.command.slice(0, 120) ?? 'gone'})`
  throw new StartError(
    `Port ${port}, wanted for ${what}, is taken by ${by}. Stop it or choose another: ${choose}.`,
  )
}

/** A port that nothing listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('a listening server has no address')
  return address.port
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(new StartError(`Port ${port} cannot be listened on: ${error.message}`))
    })
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** The process that listens on a port of this machine, as far as it can be known. */
export function listenerOf(port: number): number | null {
  try {
    return process.platform === 'linux' ? fromProc(port) : fromLsof(port)
  } catch {
    return null // only to be helpful: without the right to look, the sentence does without a name
  }
}

function fromLsof(port: number): number | null {
  const found = execFileSync('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'], { encoding: 'utf8' })
  return Number(found.split('\n')[0]) || null
}

function fromProc(port: number): number | null {
  const address = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((table) => readFileSync(table, 'utf8').split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(address) && fields[3] === '0A')
    .map((fields) => `socket:[${fields[9]}]`)
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const holder = pids.find((pid) => openFiles(pid).some((file) => inodes.includes(file)))
  return holder === undefined ? null : Number(holder)
}

function openFiles(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
  } catch {
    return [] // someone else's process, or one that just ended
  }
}
