import { once } from 'node:events'
import { StartError } from '#start-error'

const INTERRUPTED = 130

/**
 * Runs a command completely and leaves the process. SIGINT, SIGTERM and SIGHUP abort `interrupted`; one more after a
 * second does not wait (npm passes on the Ctrl-C that we got from the terminal already). A StartError is printed as one
 * sentence, any other error with its stack.
 */
export async function runCommand(work: (interrupted: AbortSignal) => Promise<void>): Promise<never> {
  const interruption = new AbortController()
  let firstAt = Number.POSITIVE_INFINITY
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (performance.now() - firstAt > 1000) process.exit(INTERRUPTED)
      firstAt = Math.min(firstAt, performance.now())
      interruption.abort()
    })
  }
  whenNpmDies(() => interruption.abort())
  try {
    await work(interruption.signal)
    process.exit()
  } catch (error) {
    if (interruption.signal.aborted) process.exit(INTERRUPTED)
    console.error(error instanceof StartError ? error.message : error)
    process.exit(1)
  }
}

/** kill -9 of npm takes nothing else with it: without this, what it ran would keep its ports. */
function whenNpmDies(act: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const npm = process.ppid
  setInterval(() => process.ppid === npm || act(), 500).unref()
}

/** Waits until the command is interrupted; throws the reason when what it runs breaks down before. */
export async function untilInterrupted(interrupted: AbortSignal, broken: Promise<Error>): Promise<void> {
  if (interrupted.aborted) return
  const reason = await Promise.race([once(interrupted, 'abort').then(() => null), broken])
  if (reason) throw reason
}
