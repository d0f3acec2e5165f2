/**
 * Part of a list, as `from..below`: the keys from the one up to, not including, the other; open where a side is
 * empty. The pages of a list are stretches side by side, so a row that is inserted always falls into one of them.
 */
export type Stretch = string

export const whole: Stretch = '..'

export function stretch(from: number | null, below: number | null | undefined): Stretch {
  return `${from ?? ''}..${below ?? ''}`
}

/** A stretch in the words the Data API and Realtime share; none when it is the whole list. */
export function conditionsOf(column: string, of: Stretch): string[] {
  const [from, below] = of.split('..')
  return [...(from ? [`${column}=gte.${from}`] : []), ...(below ? [`${column}=lt.${below}`] : [])]
}
