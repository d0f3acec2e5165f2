import { limitMutants } from './limit-mutants'
import { orderMutants } from './order-mutants'
import type { Mutant } from './plant'
import { stockMutants } from './stock-mutants'

/** Every planted bug. One that nothing notices is a missing test. */
export const mutants: Mutant[] = [...stockMutants, ...orderMutants, ...limitMutants]
