/**
 * Part of a list, as `from..below`: the keys from the one up to, not including, the other; open where a side is
 * empty. The pages of a list are adjacent key ranges, so a row that is inserted always falls into one of them.
 */
export type KeyRange = string

export const wholeList: KeyRange = '..'

export function keyRange(from: number | null, below: number | null | undefined): KeyRange {
  return `${from ?? ''}..${below ?? ''}`
}

/** A key range as conditions of the Data API and Realtime; none when it is the whole list. */
export function conditionsOf(column: string, of: KeyRange): string[] {
  const [from, below] = of.split('..')
  return [...(from ? [`${column}=gte.${from}`] : []), ...(below ? [`${column}=lt.${below}`] : [])]
}
