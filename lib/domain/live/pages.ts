import type { LiveSource } from '@/lib/domain/live/query'
import { ends, type Stretch, stretch, whole } from '@/lib/domain/live/stretch'

export interface Pages {
  /** In the order of the list. */
  readonly loaded: readonly Stretch[]
  /** What follows them; null at the end of the list. */
  readonly rest: Stretch | null
}

export const unread: Pages = { loaded: [], rest: whole }

export function isWithin(of: Stretch, key: number): boolean {
  const [from, below] = ends(of)
  return (from === null || key >= from) && (below === null || key < below)
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
