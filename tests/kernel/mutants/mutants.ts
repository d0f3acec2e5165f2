import { attackMutants } from './attack-mutants'
import { discountMutants } from './discount-mutants'
import { limitMutants } from './limit-mutants'
import { orderMutants } from './order-mutants'
import { paymentMutants } from './payment-mutants'
import type { Mutant } from './plant'
import { promiseMutants } from './promise-mutants'
import { retentionMutants } from './retention-mutants'
import { searchMutants } from './search-mutants'
import { settingsMutants } from './settings-mutants'
import { stockMutants } from './stock-mutants'
import { surfaceMutants } from './surface-mutants'
import { waitlistMutants } from './waitlist-mutants'

/** Every planted bug. One that nothing notices is a missing test. */
export const mutants: Mutant[] = [
  ...attackMutants,
  ...discountMutants,
  ...limitMutants,
  ...orderMutants,
  ...paymentMutants,
  ...promiseMutants,
  ...retentionMutants,
  ...searchMutants,
  ...settingsMutants,
  ...stockMutants,
  ...surfaceMutants,
  ...waitlistMutants,
]
