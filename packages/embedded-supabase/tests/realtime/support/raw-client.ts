import WebSocket from 'ws'

export type RawOptions = { apikey?: string | null; vsn?: string | null; headers?: Record<string, string> }

/** A frame as read: text of either version, or a binary broadcast. */
export type Frame = {
  joinRef: string | null
  ref: string | null
  topic: string
  event: string
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into payloads of every shape
  payload: any
  isBinary: boolean
  body?: Buffer
  at: number
}

export type Entry = {
  event?: string
  schema?: string
  table?: string
  filter?: string | null
  select?: unknown
}

/** Twice the time that the real server takes to refuse a join. */
const patienceMs = 10_000

/** A bare WebSocket that speaks the protocol and forgets nothing. */
export class RawClient {
  readonly frames: Frame[] = []
  readonly ws: WebSocket
  readonly version: 1 | 2
  closed: { code: number; reason: string } | null = null
  private refs = 0
  private wake: (() => void)[] = []

  private constructor(ws: WebSocket, version: 1 | 2) {
    this.ws = ws
    this.version = version
    ws.on('message', (data: Buffer, isBinary) => {
      this.frames.push(isBinary ? readBinary(data) : readText(data, version))
      this.notify()
    })
    ws.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
      this.notify()
    })
    ws.on('error', () => undefined)
  }

  static async open(url: string, { apikey, vsn = '2.0.0', headers = {} }: RawOptions): Promise<RawClient> {
    const query = new URLSearchParams()
    if (typeof apikey === 'string') query.set('apikey', apikey)
    if (typeof vsn === 'string') query.set('vsn', vsn)
    const ws = new WebSocket(`${url.replace('http', 'ws')}/realtime/v1/websocket?${query}`, { headers })
    const client = new RawClient(ws, vsn?.startsWith('2') ? 2 : 1)
    await new Promise<void>((resolve, reject) => {
      ws.on('open', () => resolve())
      ws.on('unexpected-response', (_request, response) => {
        let body = ''
        response.on('data', (chunk) => {
          body += chunk
        })
        response.on('end', () => reject(new Refused(response.statusCode ?? 0, body)))
      })
      ws.on('error', reject)
    })
    return client
  }

  /** A version 2 frame as it came over the wire. */
  static read(data: Buffer, isBinary: boolean): Frame {
    if (isBinary) return readBinary(data)
    return readText(data, data[0] === 0x5b ? 2 : 1)
  }

  send(topic: string, event: string, payload: unknown, joinRef: string | null = null): string {
    const ref = String(++this.refs)
    this.sendText(
      this.version === 2
        ? JSON.stringify([joinRef, ref, topic, event, payload])
        : JSON.stringify({ topic, event, payload, ref, join_ref: joinRef }),
    )
    return ref
  }

  sendText(text: string): void {
    this.ws.send(text)
  }

  /** A broadcast as the newest client pushes it. */
  sendBroadcast(topic: string, event: string, payload: unknown, joinRef = '1'): string {
    const ref = String(++this.refs)
    const body = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload))
    const fields = [joinRef, ref, topic, event, ''].map((field) => Buffer.from(field))
    const head = [3, ...fields.map((field) => field.length), Buffer.isBuffer(payload) ? 0 : 1]
    this.ws.send(Buffer.concat([Buffer.from(head), ...fields, body]))
    return ref
  }

  /** Joins and gives back the reply. */
  async join(topic: string, config: object = {}, token?: string): Promise<Frame> {
    const access = token === undefined ? {} : { access_token: token }
    const joinRef = String(this.refs + 1)
    this.send(topic, 'phx_join', { config, ...access }, joinRef)
    return this.reply(joinRef)
  }

  /** Joins with postgres_changes and waits until they flow; gives back the ids. */
  async listen(topic: string, entries: Entry[], token?: string): Promise<number[]> {
    const { payload } = await this.join(topic, { postgres_changes: entries }, token)
    await this.system(topic, 'Subscribed to PostgreSQL')
    return payload.response.postgres_changes.map(({ id }: { id: number }) => id)
  }

  async reply(ref: string): Promise<Frame> {
    return this.find((frame) => frame.event === 'phx_reply' && frame.ref === ref, `reply to ${ref}`)
  }

  async system(topic: string, message?: string): Promise<Frame> {
    return this.find(
      (frame) =>
        frame.event === 'system' && frame.topic === topic && (!message || frame.payload.message === message),
      `system ${message ?? ''} on ${topic}`,
    )
  }

  /** The first frame, past or future, that matches. */
  async find(matches: (frame: Frame) => boolean, what = 'frame', patience = patienceMs): Promise<Frame> {
    const until = Date.now() + patience
    for (;;) {
      const found = this.frames.find(matches)
      if (found) return found
      if (Date.now() > until || this.closed) {
        throw new Error(
          `no ${what}; got ${JSON.stringify(this.frames.map(({ body, ...frame }) => frame)).slice(-3000)}`,
        )
      }
      await this.news(until - Date.now())
    }
  }

  /** Waits for so many frames of an event, as long as they keep coming, then a moment for one too many. */
  async collect(event: string, count: number, topic?: string, quietMs = 150): Promise<Frame[]> {
    const matching = () =>
      this.frames.filter((frame) => frame.event === event && (!topic || frame.topic === topic))
    for (let before = -1; matching().length < count && matching().length > before; ) {
      before = matching().length
      const until = Date.now() + patienceMs
      while (matching().length === before && Date.now() < until) await this.news(until - Date.now())
    }
    await new Promise((done) => setTimeout(done, quietMs))
    return matching()
  }

  async changes(count: number, topic?: string): Promise<Frame['payload'][]> {
    return (await this.collect('postgres_changes', count, topic)).map(({ payload }) => payload)
  }

  /** Resolves when every message of the server so far is here. */
  async caughtUp(): Promise<void> {
    await this.reply(this.send('phoenix', 'heartbeat', {}))
  }

  forget(): void {
    this.frames.length = 0
  }

  async closing(patience = patienceMs): Promise<{ code: number; reason: string }> {
    const until = Date.now() + patience
    while (!this.closed && Date.now() < until) await this.news(until - Date.now())
    if (!this.closed) throw new Error('the socket stayed open')
    return this.closed
  }

  cut(): void {
    this.ws.terminate()
  }

  private news(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(ms, 1))
      this.wake.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  private notify(): void {
    for (const wake of this.wake.splice(0)) wake()
  }
}

/** A handshake answered in HTTP. */
export class Refused extends Error {
  readonly status: number
  readonly body: string

  constructor(status: number, body: string) {
    super(`refused with ${status}: ${body}`)
    this.status = status
    this.body = body
  }
}

function readText(data: Buffer, version: 1 | 2): Frame {
  const parsed = JSON.parse(data.toString())
  const at = performance.now()
  if (version === 2) {
    const [joinRef, ref, topic, event, payload] = parsed
    return { joinRef, ref, topic, event, payload, isBinary: false, at }
  }
  const { topic, event, payload, ref } = parsed
  return { joinRef: parsed.join_ref ?? null, ref, topic, event, payload, isBinary: false, at }
}

/** Kind 4, turned into the object clients make of it. */
function readBinary(data: Buffer): Frame {
  const [, topicLength = 0, eventLength = 0, metaLength = 0, encoding] = data
  const text = (start: number, length: number) => data.toString('utf8', start, start + length)
  const topic = text(5, topicLength)
  const event = text(5 + topicLength, eventLength)
  const metaText = text(5 + topicLength + eventLength, metaLength)
  const body = data.subarray(5 + topicLength + eventLength + metaLength)
  const meta = metaText ? { meta: JSON.parse(metaText) } : {}
  const payload = {
    type: 'broadcast',
    event,
    payload: encoding === 1 ? JSON.parse(body.toString()) : null,
    ...meta,
  }
  return {
    joinRef: null,
    ref: null,
    topic,
    event: 'broadcast',
    payload,
    isBinary: true,
    body,
    at: performance.now(),
  }
}
