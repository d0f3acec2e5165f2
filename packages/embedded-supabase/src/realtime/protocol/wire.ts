/** The two serializers of the protocol: what a frame says, and its bytes for either version. */

export type Version = 1 | 2

/** One message from a client, whichever serializer carried it. */
export type Incoming = {
  joinRef: string | null
  ref: string | null
  topic: string
  event: string
  /** Parsed JSON; for a binary broadcast it is `binary` that counts. */
  payload: unknown
  binary?: BinaryPush
}

/** A broadcast a version 2 client pushed as a binary frame: its body is passed on unread. */
export type BinaryPush = { event: string; isJson: boolean; body: Buffer }

export type Frame = { data: Buffer; isBinary: boolean }

/** A message to a client; `payload` is JSON text, so that digits of Postgres stay as they are. */
export type Outgoing = {
  joinRef: string | null
  ref: string | null
  topic: string
  event: string
  payload: string
}

const pushKind = 3
const broadcastKind = 4
const jsonEncoding = 1
const longestField = 255

/** Reads a frame. Null for anything that is not a message of that version: it is dropped, the socket lives. */
export function decode(version: Version, data: Buffer, isBinary: boolean): Incoming | null {
  if (isBinary) return version === 2 ? decodePush(data) : null
  let parsed: unknown
  try {
    parsed = JSON.parse(data.toString('utf8'))
  } catch {
    return null
  }
  if (version === 2) return Array.isArray(parsed) && parsed.length === 5 ? message(...take5(parsed)) : null
  if (!isObject(parsed)) return null
  return message(parsed.join_ref, parsed.ref, parsed.topic, parsed.event, parsed.payload)
}

/** Writes a text frame. Version 1 frames of the server carry no join_ref. */
export function encode(version: Version, { joinRef, ref, topic, event, payload }: Outgoing): Frame {
  const text =
    version === 2
      ? `[${quote(joinRef)},${quote(ref)},${quote(topic)},${quote(event)},${payload}]`
      : `{"topic":${quote(topic)},"event":${quote(event)},"payload":${payload},"ref":${quote(ref)}}`
  return { data: Buffer.from(text), isBinary: false }
}

/** Writes a binary broadcast of version 2; null when topic, event or metadata is over 255 bytes. */
export function encodeBroadcast(topic: string, push: BinaryPush, metadata: string): Frame | null {
  const fields = [topic, push.event, metadata].map((field) => Buffer.from(field))
  if (fields.some((field) => field.length > longestField)) return null
  const head = Buffer.from([
    broadcastKind,
    ...fields.map((field) => field.length),
    push.isJson ? jsonEncoding : 0,
  ])
  return { data: Buffer.concat([head, ...fields, push.body]), isBinary: true }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function decodePush(data: Buffer): Incoming | null {
  const headLength = 7
  if (data[0] !== pushKind || data.length < headLength) return null
  const isJson = data[6] === jsonEncoding
  let at = headLength
  const field = (index: number): string => {
    const start = at
    at += data[index] ?? 0
    return data.toString('utf8', start, at)
  }
  const joinRef = field(1)
  const ref = field(2)
  const topic = field(3)
  const event = field(4)
  field(5)
  if (at > data.length) return null
  const binary = { event, isJson, body: data.subarray(at) }
  if (isJson && !isJsonText(binary.body)) return null
  return { joinRef: joinRef || null, ref: ref || null, topic, event: 'broadcast', payload: {}, binary }
}

function isJsonText(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'))
    return true
  } catch {
    return false
  }
}

function message(
  joinRef: unknown,
  ref: unknown,
  topic: unknown,
  event: unknown,
  payload: unknown,
): Incoming | null {
  if (typeof topic !== 'string' || typeof event !== 'string') return null
  return { joinRef: reference(joinRef), ref: reference(ref), topic, event, payload }
}

function reference(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

function take5(parts: unknown[]): [unknown, unknown, unknown, unknown, unknown] {
  return [parts[0], parts[1], parts[2], parts[3], parts[4]]
}

function quote(text: string | null): string {
  return text === null ? 'null' : JSON.stringify(text)
}
