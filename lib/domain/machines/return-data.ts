import type { MerchantReturnPolicy } from 'schema-dts'
import type { Shop } from '@/lib/domain/settings/shop'

/** How long and at whose cost items may be sent back. */
export interface ReturnPolicy {
  days: number
  isFree: boolean
}

/** The return policy that the settings state, or null. */
export function returnPolicyOf({ return_days, return_fees }: Shop): ReturnPolicy | null {
  return return_days > 0 ? { days: return_days, isFree: return_fees === 'free' } : null
}

/** A return policy as schema.org describes it: that of the country of the shop. */
export function returnData({ days, isFree }: ReturnPolicy, country: string): MerchantReturnPolicy {
  return {
    '@type': 'MerchantReturnPolicy',
    ...(country && { applicableCountry: country }),
    returnPolicyCategory: 'https://schema.org/MerchantReturnFiniteReturnWindow',
    merchantReturnDays: days,
    returnMethod: 'https://schema.org/ReturnByMail',
    returnFees: isFree
      ? 'https://schema.org/FreeReturn'
      : 'https://schema.org/ReturnFeesCustomerResponsibility',
  }
}
