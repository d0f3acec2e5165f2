import { AsyncLocalStorage } from 'node:async_hooks'
import { appendFileSync } from 'node:fs'
import { format } from 'node:util'

const logFile = new AsyncLocalStorage<string>()

/**
 * Runs `work` with its console.error and console.warn going to a file. Lite reports every refusal of the
 * database there, expected ones too; in the terminal of a running shop that would bury what matters.
 */
export function withLog<T>(path: string, work: () => T): T {
  divertOnce()
  return logFile.run(path, work)
}

let isDiverted = false

function divertOnce(): void {
  if (isDiverted) return
  isDiverted = true
  for (const level of ['error', 'warn'] as const) {
    const print = console[level].bind(console)
    console[level] = (...words: unknown[]) => {
      const path = logFile.getStore()
      if (path === undefined || !append(path, format(...words))) print(...words)
    }
  }
}

/** Whether a line was written. On a full disk it is not, and the call that it is about still gets its response. */
function append(path: string, line: string): boolean {
  try {
    appendFileSync(path, `${new Date().toISOString()} ${line}\n`)
    return true
  } catch {
    return false
  }
}
