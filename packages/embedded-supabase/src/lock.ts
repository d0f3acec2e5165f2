import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProcess } from './processes'
import { StartError } from './start-error'

/**
 * Takes a data folder for this process; returns what gives it back. A lock whose owner is gone (kill -9, a
 * power cut) counts for nothing. Throws a StartError naming the owner when it runs.
 */
export function lock(dataDir: string): () => void {
  const path = join(dataDir, 'lock')
  const owner = lockOwner(dataDir)
  if (owner) {
    throw new StartError(
      `A stack already runs on ${dataDir} (process ${owner.pid}). Stop it, or choose another folder with --data-dir.`,
    )
  }
  rmSync(path, { force: true })
  writeFileSync(path, `${process.pid} ${findProcess(process.pid)?.started ?? ''}`, { flag: 'wx' })
  return () => rmSync(path, { force: true })
}

/** The running process that holds a data folder, or null. */
export function lockOwner(dataDir: string): { pid: number } | null {
  const note = readNote(join(dataDir, 'lock'))
  const owner = note && findProcess(note.pid)
  return owner && owner.started === note.started ? { pid: owner.pid } : null
}

function readNote(path: string): { pid: number; started: string } | null {
  try {
    const [pid = '', ...started] = readFileSync(path, 'utf8').split(' ')
    return { pid: Number(pid), started: started.join(' ') }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw cause
  }
}
