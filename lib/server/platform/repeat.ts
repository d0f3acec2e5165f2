import 'server-only'

/**
 * Runs a job at an interval for as long as this server lives, never twice at once. A failure is logged with the complaint,
 * and the job runs again at the next interval.
 *
 * @param isDue runs the job now, too.
 */
export function repeat(everyMs: number, complaint: string, job: () => Promise<void>, isDue = false): void {
  let isRunning = false
  const run = () => {
    if (isRunning) return
    isRunning = true
    job()
      .catch((cause: unknown) => process.emitWarning(`${complaint}: ${String(cause)}`))
      .finally(() => {
        isRunning = false
      })
  }
  setInterval(run, everyMs).unref()
  if (isDue) run()
}
