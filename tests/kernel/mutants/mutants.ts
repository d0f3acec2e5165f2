import { orderMutants } from './order-mutants'
import type { Mutant } from './plant'
import { stockMutants } from './stock-mutants'
import { surfaceMutants } from './surface-mutants'

/** Every planted bug. One that nothing notices is a missing test. */
export const mutants: Mutant[] = [...stockMutants, ...orderMutants, ...surfaceMutants]
