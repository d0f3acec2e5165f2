import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** A process that runs now. Number and start together name it for good: numbers are given out again. */
export interface Process {
  pid: number
  started: string
  command: string
}

/** The process with this number; null when there is none, or only the remains of one. */
export function findProcess(pid: number): Process | null {
  return existsSync('/proc/self/stat') ? fromProc(pid) : fromPs(pid)
}

function fromProc(pid: number): Process | null {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses, and may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : { pid, started: fields[19] ?? '', command }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ESRCH'))
      return null
    throw cause
  }
}

function fromPs(pid: number): Process | null {
  const ask = (field: string) =>
    execFileSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim()
  try {
    return ask('stat=').startsWith('Z') ? null : { pid, started: ask('lstart='), command: ask('args=') }
  } catch {
    return null // ps exits non-zero exactly when there is no such process
  }
}
