import { orderMutants } from './order-mutants'
import type { Mutant } from './plant'
import { promiseMutants } from './promise-mutants'
import { stockMutants } from './stock-mutants'

/** Every planted bug. One that nothing notices is a missing test. */
export const mutants: Mutant[] = [...stockMutants, ...orderMutants, ...promiseMutants]
