import 'server-only'

/** How long a page is held back for its stock. A read takes a few milliseconds; a database in trouble takes for ever. */
const patienceMs = 250

/**
 * What a read answers, if it does so at once; else null, and never an error. What arrives in time is in the first HTML,
 * so it is there without JavaScript and nothing moves; the rest is left to its own <Suspense>.
 */
export async function briefly<Value>(read: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, patienceMs, null)
  })
  const answer = await Promise.race([read.catch(() => null), patience])
  clearTimeout(timer)
  return answer
}
