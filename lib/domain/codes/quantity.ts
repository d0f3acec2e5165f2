/** From so many units on, a quantity may be a scanned code that went into the wrong field. */
export const SHORTEST_CODE = 1000
/** More units than this in one line are asked about. */
export const LARGE_QUANTITY = 10_000

/** True when a quantity is asked about before it is saved: it is the code of a variant, or very large. */
export function isUnlikely(quantity: number, isCode: (code: string) => boolean): boolean {
  return quantity > LARGE_QUANTITY || (quantity >= SHORTEST_CODE && isCode(String(quantity)))
}
