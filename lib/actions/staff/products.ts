'use server'

import type { Route } from 'next'
import { updateTag } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { invalidInput } from '@/lib/domain/core/refusal'
import { type Result, refused } from '@/lib/domain/core/result'
import type { SaveAnswer } from '@/lib/domain/products/editing/answer'
import { postedEdit } from '@/lib/domain/products/editing/form'
import {
  type MakeAnswer,
  newProduct,
  newVariant,
  problemsIn,
} from '@/lib/domain/products/editing/new-product'
import type { ProductSheet } from '@/lib/domain/products/editing/sheet'
import { backToPage } from '@/lib/server/http/back-to-page'
import { shopCurrency } from '@/lib/server/imports/imports'
import { cacheTags } from '@/lib/server/platform/cache-tags'
import { sessionClient } from '@/lib/server/platform/supabase'
import { makeAnswers, saveAnswers } from '@/lib/server/products/product-answers'
import { addVariant, createProduct, readProduct, saveEdit } from '@/lib/server/products/products'
import { staffDoor } from '@/lib/server/session/doors'

// Two doors to each change, as in stock.ts: the call answers, the post is answered with the page. What it is about may be
// more than a cookie holds, so the post leaves it for the page of its own request.

/** The product as it is now. */
export async function lookAtProduct(productId: string): Promise<Result<ProductSheet>> {
  const door = await staffDoor('viewer')
  if (!door.ok) return door
  const asked = z.guid().safeParse(productId)
  return asked.success ? readProduct(asked.data) : refused(invalidInput(asked.error))
}

export async function save(form: FormData): Promise<SaveAnswer> {
  const door = await staffDoor('manager', form)
  const posted = postedEdit(form)
  if (!door.ok) return { step: 'refused', edit: posted.edit, refusal: door.error }
  const answer = await saveEdit(posted)
  if (answer.step === 'saved') updateTag(cacheTags.catalog)
  return answer
}

export async function postSave(form: FormData): Promise<void> {
  const answer = await save(form)
  if (answer.step === 'saved') await backToPage({ ok: true })
  await saveAnswers.leave(answer)
}

/** Leads to the product it makes, or says why there is none. */
export async function make(form: FormData): Promise<MakeAnswer> {
  const door = await staffDoor('manager', form)
  const typed = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  if (!door.ok) return { typed, problems: {}, refusal: door.error }
  const wanted = newProduct(await shopCurrency(await sessionClient())).safeParse(typed)
  if (!wanted.success) return { typed, problems: problemsIn(wanted.error), refusal: null }
  const made = await createProduct(wanted.data)
  if (made.ok) redirect(`/staff/products/${made.data}` as Route)
  return { typed, problems: {}, refusal: made.error }
}

export async function postMake(form: FormData): Promise<void> {
  await makeAnswers.leave(await make(form))
}

export async function addTo(form: FormData): Promise<MakeAnswer | null> {
  const door = await staffDoor('manager', form)
  const typed = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  if (!door.ok) return { typed, problems: {}, refusal: door.error }
  const schema = newVariant(await shopCurrency(await sessionClient()))
  const wanted = schema.safeParse({ ...typed, option_values: form.getAll('option_values') })
  if (!wanted.success) return { typed, problems: problemsIn(wanted.error), refusal: null }
  const added = await addVariant(wanted.data)
  if (!added.ok) return { typed, problems: {}, refusal: added.error }
  updateTag(cacheTags.catalog)
  return null
}

export async function postAddTo(form: FormData): Promise<void> {
  const answer = await addTo(form)
  if (answer) await makeAnswers.leave(answer)
  else await backToPage({ ok: true })
}
