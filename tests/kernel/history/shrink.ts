/** A part of a plan, whatever is planned. */
type Step = { name: string }

/** The first so many intents of every connection, doubled until they fail: most bugs do not need the whole crowd. */
export async function firstFailing<T extends Step>(
  plan: T[][],
  fails: (plan: T[][]) => Promise<boolean>,
  until: number,
): Promise<T[][]> {
  const longest = Math.max(...plan.map((intents) => intents.length))
  for (let share = 4; share < longest && Date.now() < until; share *= 2) {
    const candidate = plan.map((intents) => intents.slice(0, share))
    if (await fails(candidate)) return candidate
  }
  return plan
}

/**
 * The smallest plan found that still fails: halves, quarters … single intents are left out for as long as `fails` says
 * the rest still does. Races do not fail every time, so `fails` should try more than once.
 */
export async function shrink<T extends Step>(
  plan: T[][],
  fails: (plan: T[][]) => Promise<boolean>,
  until: number,
): Promise<T[][]> {
  let smallest = plan
  for (let parts = 2; Date.now() < until; ) {
    const smaller = await withoutOne(smallest, parts, fails, until)
    if (smaller) smallest = smaller
    const size = smallest.flat().length
    if (!smaller && parts >= size) break
    parts = Math.min(smaller ? parts : parts * 2, size)
  }
  return smallest
}

async function withoutOne<T extends Step>(
  plan: T[][],
  parts: number,
  fails: (plan: T[][]) => Promise<boolean>,
  until: number,
): Promise<T[][] | undefined> {
  for (let part = 0; part < parts && Date.now() < until; part++) {
    const candidate = without(plan, part, parts)
    if (await fails(candidate)) return candidate
  }
  return undefined
}

/** The plan without every intent whose running number falls into one of so many parts. */
function without<T extends Step>(plan: T[][], part: number, parts: number): T[][] {
  const size = plan.flat().length
  let n = 0
  return plan
    .map((intents) => intents.filter(() => Math.floor((n++ * parts) / size) !== part))
    .filter((intents) => intents.length > 0)
}
