'use server'

import { z } from 'zod'
import { invalidInput, type Refusal } from '@/lib/domain/core/refusal'
import { type Result, refused } from '@/lib/domain/core/result'
import { filled, OrderFilter } from '@/lib/domain/holds/hold-desk'
import { blockCaller, cancelUnpaidOrders, endHolds, unblockCaller } from '@/lib/server/holds/hold-desk'
import { backToPage } from '@/lib/server/http/back-to-page'
import { staffDoor } from '@/lib/server/session/doors'

// Every form of the desk is the same with and without JavaScript: it leads back to its page, which shows the outcome.

const Lines = z.object({
  hold: z
    .array(
      z
        .string()
        .regex(/^\S{36} \S{36}$/)
        .transform((value) => {
          const [cart_id = '', variant_id = ''] = value.split(' ')
          return { cart_id, variant_id }
        }),
    )
    .min(1)
    .max(200),
  idempotency_key: z.guid(),
})

export async function endChosenHolds(form: FormData): Promise<void> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return backToPage(door)
  const asked = Lines.safeParse({
    hold: form.getAll('hold'),
    idempotency_key: form.get('idempotency_key'),
  })
  await backToPage(
    asked.success ? await endHolds(asked.data.hold, asked.data.idempotency_key) : wrong(asked.error),
  )
}

const Block = z.object({
  cart_id: z.guid().optional(),
  network: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  reason: z.string().trim().min(1).max(200),
  hours: z.coerce.number().int().min(1).max(8760).optional(),
  idempotency_key: z.guid(),
})

export async function blockOne(form: FormData): Promise<void> {
  const door = await staffDoor('manager', form)
  if (!door.ok) return backToPage(door)
  const asked = Block.safeParse(filled(form))
  await backToPage(
    asked.success
      ? await blockCaller({
          reason: asked.data.reason,
          idempotency_key: asked.data.idempotency_key,
          ...(asked.data.cart_id && { cart_id: asked.data.cart_id }),
          ...(asked.data.network && { network: asked.data.network }),
          ...(asked.data.hours && { hours: asked.data.hours }),
        })
      : wrong(asked.error),
  )
}

const Unblock = z.object({ subject: z.string().max(80), idempotency_key: z.guid() })

export async function unblockOne(form: FormData): Promise<void> {
  const door = await staffDoor('manager', form)
  if (!door.ok) return backToPage(door)
  const asked = Unblock.safeParse(filled(form))
  await backToPage(
    asked.success ? await unblockCaller(asked.data.subject, asked.data.idempotency_key) : wrong(asked.error),
  )
}

const Cancel = z.object({
  expected: z.coerce.number().int().min(1),
  at: z.coerce.number().int(),
  idempotency_key: z.guid(),
})

export async function cancelFoundOrders(form: FormData): Promise<void> {
  const door = await staffDoor('manager', form)
  if (!door.ok) return backToPage(door)
  const [filter, seen] = [OrderFilter.safeParse(filled(form)), Cancel.safeParse(filled(form))]
  if (!filter.success) return backToPage(wrong(filter.error))
  await backToPage(seen.success ? await cancelUnpaidOrders(filter.data, seen.data) : wrong(seen.error))
}

function wrong(error: z.ZodError): Result<never, Refusal> {
  return refused(invalidInput(error))
}
