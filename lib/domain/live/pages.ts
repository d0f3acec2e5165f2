import type { LiveSource } from '@/lib/domain/live/query'

/**
 * Part of a list, as `from..below`: the keys from the one up to, not including, the other; open where a side is
 * empty. The pages of a list are stretches side by side, so a row that is inserted always falls into one of them.
 */
export type Stretch = string

export interface Pages {
  /** In the order of the list. */
  readonly loaded: readonly Stretch[]
  /** What follows them; null at the end of the list. */
  readonly rest: Stretch | null
}

export const whole: Stretch = '..'
export const unread: Pages = { loaded: [], rest: whole }

function stretch(from: number | null, below: number | null): Stretch {
  return `${from ?? ''}..${below ?? ''}`
}

function ends(of: Stretch): [from: number | null, below: number | null] {
  const [from, below] = of.split('..').map((end) => (end === '' ? null : Number(end)))
  return [from ?? null, below ?? null]
}

export function isWithin(of: Stretch, key: number): boolean {
  const [from, below] = ends(of)
  return (from === null || key >= from) && (below === null || key < below)
}

/** A stretch in the words the Data API and Realtime share; none when it is the whole list. */
export function conditionsOf(column: string, of: Stretch): string[] {
  const [from, below] = ends(of)
  return [
    ...(from === null ? [] : [`${column}=gte.${from}`]),
    ...(below === null ? [] : [`${column}=lt.${below}`]),
  ]
}

/** Parts a stretch behind a key: the part that comes first in the list, and the other. */
function parted(of: Stretch, key: number, order: 'ascending' | 'descending'): [Stretch, Stretch] {
  const [from, below] = ends(of)
  return order === 'descending'
    ? [stretch(key, below), stretch(from, key)]
    : [stretch(from, key + 1), stretch(key + 1, below)]
}

/** The pages with one more: `keys` are the first of the rest, in order. Fewer than a page are all there are. */
export function grown(pages: Pages, { order, pageSize }: ListOrder, keys: readonly number[]): Pages {
  const last = keys[pageSize - 1]
  if (pages.rest === null) return pages
  if (last === undefined) return { loaded: [...pages.loaded, pages.rest], rest: null }
  const [page, rest] = parted(pages.rest, last, order)
  return { loaded: [...pages.loaded, page], rest }
}

/** The pages with one that has outgrown itself made two; `keys` are those in it, in order. */
export function divided(
  pages: Pages,
  { order, pageSize }: ListOrder,
  page: Stretch,
  keys: readonly number[],
): Pages {
  const last = keys[pageSize - 1]
  if (last === undefined || keys.length <= 2 * pageSize) return pages
  return {
    ...pages,
    loaded: pages.loaded.flatMap((each) => (each === page ? parted(each, last, order) : each)),
  }
}

type ListOrder = Pick<NonNullable<LiveSource<unknown>['list']>, 'order' | 'pageSize'>
