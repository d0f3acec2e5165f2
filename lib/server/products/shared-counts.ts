import 'server-only'
import { boundedMap } from '@/lib/domain/core/bounded-map'
import { type ProductSearch, searchParameters } from '@/lib/domain/products/product-search'
import { countsAreSharedMs, type FilterCounts } from '@/lib/domain/products/search-filters'

/** Lists that are looked at in one second. */
const mostLists = 200

interface Shared {
  beganAt: number
  counts: Promise<FilterCounts>
}

/**
 * Reads the numbers beside the filters of a list, once a second for all who look at it: open lists cost the database
 * nothing more, however many they are. A read that failed is not shared further.
 */
export function shareCounts(
  read: (list: ProductSearch) => Promise<FilterCounts>,
  now = () => performance.now(),
): (list: ProductSearch) => Promise<FilterCounts> {
  const shared = boundedMap<string, Shared>(mostLists)
  return (list) => {
    // Neither the page nor the order of a list changes its numbers.
    const key = searchParameters({ ...list, page: 1, sort: 'relevance' }).toString()
    const current = shared.get(key)
    if (current && now() - current.beganAt < countsAreSharedMs) return current.counts
    const counts = read(list)
    const begun = { beganAt: now(), counts }
    shared.set(key, begun)
    counts.catch(() => shared.get(key) === begun && shared.delete(key))
    return counts
  }
}
