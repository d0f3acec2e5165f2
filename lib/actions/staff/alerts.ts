'use server'

import { refresh } from 'next/cache'
import { invalidInput } from '@/lib/domain/core/refusal'
import { type Result, refused } from '@/lib/domain/core/result'
import { alertGestureIn } from '@/lib/domain/insight/alert'
import { backToPage } from '@/lib/server/http/back-to-page'
import { tendAlert } from '@/lib/server/insight/alerts'
import { staffDoor } from '@/lib/server/session/doors'

/** What came of a gesture. The call answers; the post, for a form without JavaScript, leads back to the page. */
export async function tend(form: FormData): Promise<Result<unknown>> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const asked = alertGestureIn(form)
  if (!asked.success) return refused(invalidInput(asked.error))
  const tended = await tendAlert(asked.data)
  refresh()
  return tended
}

export async function postTend(form: FormData): Promise<void> {
  await backToPage(await tend(form))
}
