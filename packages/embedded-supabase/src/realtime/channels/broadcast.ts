import {
  type BinaryPush,
  encode,
  encodeBroadcast,
  type Frame,
  isObject,
  type Version,
} from '#realtime/protocol/wire'

/** A broadcast to a room. Its frame depends on its origin. */
export type Broadcast =
  /** Passed on word for word, as a text frame: from a text push or the REST batch. */
  | { form: 'verbatim'; payload: string }
  /** Event and body apart, as a binary frame for version 2: from a binary push, REST single, or the database. */
  | { form: 'body'; push: BinaryPush; meta?: Meta }

export type Meta = { id: string; replayed?: true }

/** The frame of one version; null when that version cannot carry it (bytes in version 1, names too long). */
export function broadcastFrame(
  broadcast: Broadcast,
  version: Version,
  topic: string,
  joinRef: string | null = null,
): Frame | null {
  if (broadcast.form === 'verbatim') return text(version, topic, joinRef, broadcast.payload)
  const { push, meta } = broadcast
  const isReplayedJson = meta?.replayed && push.isJson
  if (version === 2 && !isReplayedJson) return encodeBroadcast(topic, push, meta ? JSON.stringify(meta) : '')
  if (!push.isJson) return null
  return text(version, topic, joinRef, envelope(push.event, push.body.toString('utf8'), meta))
}

/** The object a client reads a broadcast from. `payload` is JSON text. */
export function envelope(event: string, payload: string, meta?: Meta): string {
  const tail = meta ? `,"meta":${JSON.stringify(meta)}` : ''
  return `{"type":"broadcast","event":${JSON.stringify(event)},"payload":${payload}${tail}}`
}

/** A text push: forwarded with whatever keys it has. */
export function verbatim(payload: unknown): Broadcast {
  return { form: 'verbatim', payload: JSON.stringify(isObject(payload) ? payload : {}) }
}

export function broadcastBytes(broadcast: Broadcast): number {
  return broadcast.form === 'verbatim' ? Buffer.byteLength(broadcast.payload) : broadcast.push.body.length
}

function text(version: Version, topic: string, joinRef: string | null, payload: string): Frame {
  return encode(version, { joinRef, ref: null, topic, event: 'broadcast', payload })
}
