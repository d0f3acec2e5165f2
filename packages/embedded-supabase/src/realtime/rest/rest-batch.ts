import { mayWrite } from '#realtime/channels/authorization'
import { type Broadcast, envelope } from '#realtime/channels/broadcast'
import type { Claims } from '#realtime/protocol/token'
import { isObject } from '#realtime/protocol/wire'
import type { ServerContext } from '#realtime/server-context'
import { type Answer, badRequest, json } from './rest-answer'

type Sender = { claims: Claims; headers: Record<string, string> }
type BatchMessage = { topic: string; isPrivate: boolean; broadcast: Broadcast }

/** Several broadcasts in one request. Private ones the sender may not send are dropped silently. */
export async function broadcastBatch(context: ServerContext, sender: Sender, body: Buffer): Promise<Answer> {
  const parsed = parse(body)
  if (parsed === undefined) return badRequest
  const messages = isObject(parsed) ? parsed.messages : undefined
  if (messages === undefined || messages === null || (Array.isArray(messages) && messages.length === 0)) {
    return json(422, { errors: { messages: ["can't be blank"] } })
  }
  if (!Array.isArray(messages) || !messages.every(isObject)) {
    return json(422, { errors: { messages: ['is invalid'] } })
  }
  const faults = messages.map((message) => faultsOf(message, context.limits.payloadBytes))
  if (faults.some((fault) => Object.keys(fault).length > 0))
    return json(422, { errors: { messages: faults } })
  const allowed = new Map<string, boolean>()
  for (const { topic, isPrivate, broadcast } of messages.map(readMessage)) {
    if (isPrivate && !allowed.has(topic)) allowed.set(topic, await mayBroadcast(context, sender, topic))
    if (!isPrivate || allowed.get(topic)) context.rooms.broadcast(topic, isPrivate, broadcast)
  }
  return { status: 202, body: '' }
}

async function mayBroadcast({ database }: ServerContext, sender: Sender, subTopic: string): Promise<boolean> {
  // A policy that fails grants nothing.
  return mayWrite(database, { ...sender, subTopic }, 'broadcast').catch(() => false)
}

function faultsOf(message: Record<string, unknown>, payloadBytes: number): Record<string, string[]> {
  const faults: Record<string, string[]> = {}
  for (const field of ['topic', 'event', 'payload']) {
    const value = message[field]
    if (value === undefined || value === null || value === '') faults[field] = ["can't be blank"]
    else if (field === 'payload' ? !isObject(value) : typeof value !== 'string')
      faults[field] = ['is invalid']
  }
  if (!faults.payload && Buffer.byteLength(JSON.stringify(message.payload)) > payloadBytes) {
    faults.payload = ['Payload size exceeds tenant limit']
  }
  return faults
}

function readMessage({
  topic,
  event,
  payload,
  private: isPrivate,
  id,
}: Record<string, unknown>): BatchMessage {
  const meta = typeof id === 'string' ? { id } : undefined
  const text = envelope(String(event), JSON.stringify(payload), meta)
  return {
    topic: String(topic),
    isPrivate: isPrivate === true || isPrivate === 'true',
    broadcast: { form: 'verbatim', payload: text },
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
