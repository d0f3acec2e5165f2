/** Has `size` shoppers come, `inFlight` of them at a time: whoever is done makes room for the next. */
export async function crowd<Outcome>(
  size: number,
  inFlight: number,
  visit: (shopper: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  let next = 0
  const lane = async () => {
    while (next < size) {
      const shopper = next++
      outcomes[shopper] = await visit(shopper)
    }
  }
  await Promise.all(Array.from({ length: Math.min(inFlight, size) }, lane))
  return outcomes
}
