import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Tx } from '@/tests/support/database'
import { aToken } from '@/tests/support/shop/shopping'

type Db = Sql | Tx
export type Seen = {
  conversation_id: string
  status: string
  version: number
  assigned_to: string | null
  messages: { position: number; kind: string; body: string }[]
}

const one = async <T>(rows: PromiseLike<readonly { [name: string]: unknown }[]>) =>
  (await rows)[0]?.answer as T

/** A shopper who writes to the shop: a guest with a secret, or the signed-in caller when the token is null. */
export function aWriter(db: Db, token: string | null = aToken(), network: string | null = null) {
  return {
    token,
    ask: (about = 'shop', id: string | null = null, body = 'Is it blue?', key: string = randomUUID()) =>
      one<{ conversation_id: string }>(
        db`select public.ask_shop(${about}::public.conversation_about, ${body}, ${key}, ${id}, ${token}, ${token},
          ${network}) as answer`,
      ),
    send: (conversationId: string, body = 'And red?', key: string = randomUUID()) =>
      one<Seen>(
        db`select public.send_message(${conversationId}, ${body}, ${key}, ${token}, ${network}) as answer`,
      ),
    read: (conversationId: string) =>
      one<Seen>(db`select public.read_conversation(${conversationId}, ${token}) as answer`),
    list: () =>
      one<{ conversation_id: string }[]>(db`select public.read_own_conversations(${token}) as answer`),
  }
}

/** Staff at the inbox. */
export function theInbox(db: Db) {
  return {
    read: (conversationId: string) =>
      one<Seen>(db`select public.read_desk_conversation(${conversationId}) as answer`),
    answer: (conversationId: string, body = 'Yes.', isNote = false, key: string = randomUUID()) =>
      one<Seen>(db`select public.answer_shopper(${conversationId}, ${body}, ${key}, ${isNote}) as answer`),
    change: (
      conversationId: string,
      { status = null, assign = false }: { status?: string | null; assign?: boolean },
      key: string = randomUUID(),
    ) =>
      one<Seen>(
        db`select public.change_conversation(${conversationId}, ${key}, ${status}::public.conversation_status,
          ${assign}) as answer`,
      ),
  }
}

export const bodiesOf = ({ messages }: Seen) => messages.map(({ body }) => body)
