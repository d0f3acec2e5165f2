import { orderMutants } from './order-mutants'
import type { Mutant } from './plant'
import { retentionMutants } from './retention-mutants'
import { stockMutants } from './stock-mutants'
import { surfaceMutants } from './surface-mutants'

/** Every planted bug. One that nothing notices is a missing test. */
export const mutants: Mutant[] = [...orderMutants, ...retentionMutants, ...stockMutants, ...surfaceMutants]
