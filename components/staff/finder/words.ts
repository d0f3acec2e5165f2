import type { Finding } from '@/lib/domain/finder/finding'

/** The texts of the staff finder. */
export const finderWords = {
  open: 'Find',
  title: 'Find or start',
  label: 'Order, product, SKU, customer, count or delivery',
  results: 'Results',
  close: 'Close',
  nothing: 'Nothing found. Try a number, a SKU, a name or an e-mail address.',
  failed: 'We couldn’t search. Check your connection and try again.',
  found: (entries: number) => (entries === 1 ? '1 result' : `${entries} results`),
  keysHint: 'Press ? for all keys.',
}

const kinds: Record<Finding['kind'], string> = {
  order: 'Order',
  variant: 'Variant',
  product: 'Product',
  customer: 'Customer',
  count: 'Count',
  delivery: 'Delivery',
}

/** "Order 1042 · Ada · placed". */
export function findingWords({ kind, title, detail }: Finding): string {
  return [`${kinds[kind]} ${title}`, detail].filter(Boolean).join(' · ')
}

/** Tasks that begin on a page, by the least role that may do them. */
export const taskWords = {
  receive: 'Receive a delivery',
  count: 'Start a count',
  orders: 'Open orders',
  newProduct: 'Add a product',
  adjust: 'Adjust stock',
  settings: 'Change settings',
}

/** The texts of key-list.tsx. */
export const keyListWords = {
  title: 'Keys',
  close: 'Close',
  keys: [
    ['Ctrl K, ⌘ K or /', 'Find or start'],
    ['?', 'Show these keys'],
    ['↑ ↓', 'Choose a result, or move in the inventory'],
    ['Enter', 'Open the result, or go to the next field'],
    ['Escape', 'Close a list or a dialog'],
    ['Ctrl Z or ⌘ Z', 'Undo the last change of stock'],
  ] as const,
}
