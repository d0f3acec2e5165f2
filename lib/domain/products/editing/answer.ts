import type { Refusal } from '@/lib/domain/core/refusal'
import type { FieldProblems } from './changes'
import type { PriceStep } from './prices'
import type { ProductSheet } from './sheet'
import type { Edit } from './three-way'

/** The result of a product's form, and its new field values. */
export type SaveAnswer = { edit: Edit<ProductSheet> } & (
  | { step: 'saved' }
  /** There was nothing to save. */
  | { step: 'unchanged' }
  | { step: 'mend'; problems: FieldProblems }
  /** Are these the prices? */
  | { step: 'confirm'; prices: readonly PriceStep[] }
  /** A conflict with another staff member's edit, to be decided. */
  | { step: 'choose'; theirs: ProductSheet }
  | { step: 'refused'; refusal: Refusal }
)
