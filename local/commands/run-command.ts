import { once } from 'node:events'
import { StartError } from '@/local/start-error'

/**
 * Runs a command to its end and leaves the process. SIGINT, SIGTERM and SIGHUP abort `interrupted`; a second
 * one does not wait. What a person can fix is told in one sentence, anything else with its stack.
 */
export async function runCommand(work: (interrupted: AbortSignal) => Promise<void>): Promise<never> {
  const interruption = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interruption.signal.aborted) process.exit(1)
      interruption.abort()
    })
  }
  try {
    await work(interruption.signal)
    process.exit()
  } catch (error) {
    if (interruption.signal.aborted) process.exit()
    console.error(error instanceof StartError ? error.message : error)
    process.exit(1)
  }
}

/** Waits until the command is interrupted; throws the reason when what it runs breaks down before. */
export async function untilInterrupted(interrupted: AbortSignal, broken: Promise<Error>): Promise<void> {
  if (interrupted.aborted) return
  const reason = await Promise.race([once(interrupted, 'abort').then(() => null), broken])
  if (reason) throw reason
}
