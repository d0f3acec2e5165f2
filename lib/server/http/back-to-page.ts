import 'server-only'
import type { Route } from 'next'
import { redirect } from 'next/navigation'
import type { Refusal } from '@/lib/domain/core/refusal'
import { leaveFlash } from './flash'
import { askedPath } from './request'

/** Leads back to the page a form was posted from, which says how it fared, and shows what came of it by itself. */
export async function backToPage(
  outcome: { ok: true; data?: unknown } | { ok: false; error: Refusal },
): Promise<never> {
  await leaveFlash(outcome.ok ? { ...outcome, data: undefined } : outcome)
  redirect((await askedPath()) as Route)
}
