'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { Refusal } from '@/lib/domain/core/refusal'
import { type Result, refused } from '@/lib/domain/core/result'
import { invalidInput } from '@/lib/domain/forms/invalid-input'
import type { SaveAnswer } from '@/lib/domain/products/editing/answer'
import { ProductForm, postedEdit } from '@/lib/domain/products/editing/form'
import {
  type MakeAnswer,
  newProduct,
  newVariant,
  problemsIn,
} from '@/lib/domain/products/editing/new-product'
import type { ProductSheet } from '@/lib/domain/products/editing/sheet'
import { defineForm } from '@/lib/server/forms/define-form'
import { shopCurrency } from '@/lib/server/imports/imports'
import { catalogueChanged } from '@/lib/server/pages/catalogue-changed'
import { sessionClient } from '@/lib/server/platform/supabase'
import * as products from '@/lib/server/products/products'
import { admitStaff } from '@/lib/server/session/admit'

/** Saves an edit, or answers what has to be mended, confirmed or chosen before. */
export const saveProduct = defineForm<z.infer<typeof ProductForm>, SaveAnswer>({
  least: 'manager',
  schema: ProductForm,
  read: (form) => form,
  async run(posted) {
    const answer = await products.saveEdit(posted)
    if (answer.step === 'saved') catalogueChanged()
    return answer
  },
  refuse: (refusal, form) => ({ step: 'refused', edit: postedEdit(form).edit, refusal }),
})

/** Leads to the draft it creates, or answers why there is none. */
export const createProduct = defineForm({
  least: 'manager',
  schema: async () => newProduct(await currency()),
  read: Object.fromEntries,
  async run(wanted): Promise<MakeAnswer> {
    const created = await products.createProduct(wanted)
    if (created.ok) redirect(`/staff/products/${created.data}` as Route)
    return refused({ problems: {}, refusal: created.error })
  },
  refuse: notMade,
})

export const addVariant = defineForm({
  least: 'manager',
  schema: async () => newVariant(await currency()),
  read: (form) => ({ ...Object.fromEntries(form), option_values: form.getAll('option_values') }),
  async run(wanted): Promise<MakeAnswer> {
    const added = await products.addVariant(wanted)
    if (!added.ok) return refused({ problems: {}, refusal: added.error })
    catalogueChanged()
    return added
  },
  refuse: notMade,
})

/** The product as it is now. */
export async function readProduct(productId: string): Promise<Result<ProductSheet>> {
  const admitted = await admitStaff('viewer')
  if (!admitted.ok) return admitted
  const asked = z.guid().safeParse(productId)
  return asked.success ? products.readProduct(asked.data) : refused(invalidInput(asked.error))
}

function notMade(refusal: Refusal, _form: FormData, error?: z.ZodError): MakeAnswer {
  return refused(error ? { problems: problemsIn(error), refusal: null } : { problems: {}, refusal })
}

const currency = async () => shopCurrency(await sessionClient())
