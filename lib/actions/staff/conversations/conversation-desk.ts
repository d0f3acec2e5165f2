'use server'

import { z } from 'zod'
import {
  AnswerShopper,
  ChangeConversation,
  type DeskConversation,
} from '@/lib/domain/conversations/conversation'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { invalidInput } from '@/lib/domain/forms/invalid-input'
import { deskConversation } from '@/lib/server/conversations/conversation-desk'
import { defineForm } from '@/lib/server/forms/define-form'
import { callFunction } from '@/lib/server/platform/call-function'
import { admitStaff } from '@/lib/server/session/admit'

/** Answers a shopper, or writes an internal note. */
export const answerShopper = defineForm({
  least: 'stock',
  schema: AnswerShopper,
  run: ({ as, ...asked }) => callFunction('answer_shopper', { ...asked, is_note: as === 'note' }),
})

/** Resolves a conversation, opens it again, or assigns it to the caller. */
export const changeConversation = defineForm({
  least: 'stock',
  schema: ChangeConversation,
  run: ({ assign, status, ...asked }) =>
    callFunction('change_conversation', { ...asked, ...(status && { status }), assign: assign === 'me' }),
})

/** The conversation as it is now. */
export async function readDeskConversation(id: string): Promise<Result<DeskConversation>> {
  const admitted = await admitStaff('viewer')
  if (!admitted.ok) return admitted
  const asked = z.guid().safeParse(id)
  if (!asked.success) return refused(invalidInput(asked.error))
  const read = await deskConversation(asked.data)
  return read ? accepted(read) : refused({ code: 'not_found', detail: {} })
}
