'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { type Result, refused } from '@/lib/domain/core/result'
import { refusedForm } from '@/lib/domain/forms/refused-form'
import { sessionIn, takeOver } from '@/lib/server/agents/continue'
import { defineForm } from '@/lib/server/forms/define-form'
import { takeTurn } from '@/lib/server/network/limits'

/** Makes the cart that a shopping agent filled that of this browser, once; leads to it. */
export const takeOverCart = defineForm<{ token: string }, Result<unknown>>({
  least: 'anybody',
  schema: z.object({ token: z.string().max(200) }),
  async run({ token }) {
    const turn = await takeTurn('link')
    if (!turn.ok) return turn
    const session = sessionIn(token)
    const taken = session ? await takeOver(session) : refused({ code: 'not_found', detail: {} } as const)
    return taken.ok ? redirect('/cart') : taken
  },
  leave: refusedForm,
})
