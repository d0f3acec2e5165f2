import 'server-only'

/** How long a page is held back for its stock. A read takes a few milliseconds; a database in trouble takes for ever. */
const patienceMs = 250

/**
 * The result of a read that responds within the limit; else null, never an error. Early results are in the first HTML,
 * which works without JavaScript and causes no layout shift; late ones stream into their own <Suspense>.
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
