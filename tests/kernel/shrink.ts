import type { Intent } from './intents'

/**
 * The smallest plan found that still fails: halves, quarters … of the intents are left out for as long as `fails` says
 * the rest still does. Races do not fail every time, so `fails` should try more than once.
 */
export async function shrink(
  plan: Intent[][],
  fails: (plan: Intent[][]) => Promise<boolean>,
  budgetMs = 60_000,
) {
  const until = Date.now() + budgetMs
  let smallest = plan
  for (let parts = 2; Date.now() < until; ) {
    const size = smallest.flat().length
    if (parts > size) break
    let isSmaller = false
    for (let part = 0; part < parts && Date.now() < until; part++) {
      const candidate = without(smallest, part, parts)
      if (await fails(candidate)) {
        smallest = candidate
        isSmaller = true
        break
      }
    }
    if (!isSmaller) parts *= 2
  }
  return smallest
}

/** The plan without every intent whose running number falls into one of so many parts. */
function without(plan: Intent[][], part: number, parts: number): Intent[][] {
  const size = plan.flat().length
  let n = 0
  return plan
    .map((intents) => intents.filter(() => Math.floor((n++ * parts) / size) !== part))
    .filter((intents) => intents.length > 0)
}
