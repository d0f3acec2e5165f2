'use server'

import { refresh } from 'next/cache'
import { alertGestureIn } from '@/lib/domain/alert'
import { invalidInput } from '@/lib/domain/refusal'
import { type Result, refused } from '@/lib/domain/result'
import { tendAlert } from '@/lib/server/alerts'
import { backToPage } from '@/lib/server/back-to-page'
import { staffDoor } from '@/lib/server/doors'

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
