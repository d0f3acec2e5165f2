'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { AskShop, type Conversation, SendMessage } from '@/lib/domain/conversations/conversation'
import { readRequest } from '@/lib/domain/core/bad-request'
import type { Result } from '@/lib/domain/core/result'
import { refusedForm } from '@/lib/domain/forms/refused-form'
import * as conversations from '@/lib/server/conversations/conversations'
import { defineForm } from '@/lib/server/forms/define-form'
import { currentPerson } from '@/lib/server/session/session'

/** Asks the shop, and leads to the conversation. */
export const askShop = defineForm<z.infer<typeof AskShop>, Result<unknown>>({
  least: 'anybody',
  schema: AskShop,
  async run(asked) {
    const sent = await conversations.askShop(asked)
    return sent.ok ? redirect(`/messages/${sent.data.conversation_id}` as Route) : sent
  },
  leave: refusedForm,
})

/** Writes the next message of this shopper; the page follows the conversation live. */
export const sendMessage = defineForm<z.infer<typeof SendMessage>, Result<unknown>>({
  least: 'anybody',
  schema: SendMessage,
  run: conversations.sendMessage,
  leave: refusedForm,
})

/**
 * The conversations with these ids as they are now, of those of this browser: an open page reads them again. Null when
 * one is missing because the session that could see it has ended.
 */
export async function conversationsNow(ids: readonly string[]): Promise<Conversation[] | null> {
  const asked = readRequest(z.array(z.guid()).max(5), ids)
  const read = await Promise.all(asked.map(conversations.findConversation))
  const found = read.filter((conversation) => conversation !== null)
  return found.length < read.length && !(await currentPerson()) ? null : found
}
