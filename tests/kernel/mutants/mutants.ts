import { attackMutants } from './attack-mutants'
import { limitMutants } from './limit-mutants'
import { orderMutants } from './order-mutants'
import type { Mutant } from './plant'
import { promiseMutants } from './promise-mutants'
import { retentionMutants } from './retention-mutants'
import { stockMutants } from './stock-mutants'
import { surfaceMutants } from './surface-mutants'

/** Every planted bug. One that nothing notices is a missing test. */
export const mutants: Mutant[] = [
  ...attackMutants,
  ...limitMutants,
  ...orderMutants,
  ...promiseMutants,
  ...retentionMutants,
  ...stockMutants,
  ...surfaceMutants,
]
