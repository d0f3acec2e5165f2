import 'server-only'

/** How long a page is held back for its stock. A read takes a few milliseconds; a database in trouble takes for ever. */
const patienceMs = 150

/**
 * Waits for a read, but only briefly, and never fails. What arrives in time is in the first HTML, so it is there
 * without JavaScript and nothing moves; what does not streams into its <Suspense> as usual.
 */
export async function briefly(read: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, patienceMs)
  })
  await Promise.race([read.catch(() => undefined), patience])
  clearTimeout(timer)
}
