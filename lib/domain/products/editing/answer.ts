import type { Refusal } from '@/lib/domain/core/refusal'
import type { FieldProblems } from './changes'
import type { PriceStep } from './prices'
import type { ProductSheet } from './sheet'
import type { Edit } from './three-way'

/** How a product's form fared, and what stands in it from now on. */
export type SaveAnswer = { edit: Edit<ProductSheet> } & (
  | { step: 'saved' }
  /** There was nothing to save. */
  | { step: 'unchanged' }
  | { step: 'mend'; problems: FieldProblems }
  /** Are these the prices? */
  | { step: 'confirm'; prices: readonly PriceStep[] }
  /** A colleague was first: which of the two shall it be? */
  | { step: 'choose'; theirs: ProductSheet }
  | { step: 'refused'; refusal: Refusal }
)
