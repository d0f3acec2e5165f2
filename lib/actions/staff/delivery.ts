'use server'

import {
  DeliveryTax,
  deliveryTaxFields,
  ZoneRemoval,
  ZoneRequest,
  zoneFields,
} from '@/lib/domain/checkout/delivery-zone'
import { DiscountRequest, discountFields } from '@/lib/domain/checkout/discount'
import { TaxRateRequest, taxRateFields } from '@/lib/domain/checkout/tax-rate'
import { andShow } from '@/lib/server/checkout/delivery-zones'
import { defineForm } from '@/lib/server/forms/define-form'
import { callFunction } from '@/lib/server/platform/call-function'

const ofManager = { least: 'manager', refreshes: true } as const

export const saveDeliveryZone = defineForm({
  ...ofManager,
  schema: ZoneRequest,
  read: zoneFields,
  run: (asked) => andShow(callFunction('save_delivery_zone', asked)),
})

export const removeDeliveryZone = defineForm({
  ...ofManager,
  schema: ZoneRemoval,
  run: (asked) => andShow(callFunction('remove_delivery_zone', asked)),
})

export const setDeliveryTax = defineForm({
  ...ofManager,
  schema: DeliveryTax,
  read: deliveryTaxFields,
  run: (asked) => andShow(callFunction('set_delivery_tax', asked)),
})

export const saveDiscount = defineForm({
  ...ofManager,
  schema: DiscountRequest,
  read: discountFields,
  run: (asked) => callFunction('save_discount', asked),
})

export const setTaxRate = defineForm({
  ...ofManager,
  schema: TaxRateRequest,
  read: taxRateFields,
  run: (asked) => callFunction('set_tax_rate', asked),
})
