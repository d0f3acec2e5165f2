import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findProcess } from '#processes'

/** The state that a running PostgreSQL writes into its folder. */
export interface Postmaster {
  pid: number
  status: string
}

/** The server that says it runs on this folder, or null. It may have died without taking its note away. */
export function readPostmaster(path: string): Postmaster | null {
  try {
    const lines = readFileSync(join(path, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), status: (lines[7] ?? '').trim() }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw cause
  }
}

/**
 * Stops a server that outlived the stack that started it. Call it only while holding the folder's lock:
 * then whoever started that server is gone.
 */
export async function stopOrphan(path: string): Promise<void> {
  const orphan = readPostmaster(path)
  const isRunning = () => orphan !== null && (findProcess(orphan.pid)?.command.includes(path) ?? false)
  if (!orphan || !isRunning()) return
  process.kill(orphan.pid, 'SIGINT')
  for (let waited = 0; isRunning(); waited += 50) {
    if (waited === 10_000) process.kill(orphan.pid, 'SIGQUIT')
    await sleep(50)
  }
}
