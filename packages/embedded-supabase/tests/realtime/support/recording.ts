import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KEYS, signJwt } from '#keys'
import { type Frame, RawClient, Refused } from './raw-client'
import { type Stage, user1, user2, userToken } from './stage'

const folder = join(import.meta.dirname, '../../../../../../shared/realtime-traces')

/** Whether the recordings of the real server lie beside this repository. */
export const hasRecordings = existsSync(folder)

type Line = {
  t: number
  c?: string
  kind?: string
  dir?: 'in' | 'out'
  url?: string
  host?: string
  frame?: string
  binary_hex?: string
  sql?: string
  status?: number
  body?: string
  request?: { method: string; path: string; headers: Record<string, string>; body?: string; note?: string }
  response?: { status: number; body: string }
}

/** Each client's messages by topic, one list for each kind of frame, without accidental parts. */
export type Heard = Record<string, unknown[]>

const longestPauseMs = 60
const patienceMs = 2_500
const madeUpKey = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
/** Messages that the real server would still have sent to a client that hung up. */
const parting = ['phx_reply', 'phx_close']

export function readRecording(name: string): Line[] {
  const text = readFileSync(join(folder, name), 'utf8')
  const lines: Line[] = []
  for (const line of text
    .trimEnd()
    .split('\n')
    .map((json): Line => JSON.parse(json))) {
    // A request was recorded with its response; its effects may come before it.
    let at = lines.length
    if (line.kind === 'http')
      while (lines[at - 1]?.dir === 'in' && line.t - (lines[at - 1]?.t ?? 0) < 20) at--
    lines.splice(at, 0, line)
  }
  return lines
}

/** Does again what was done to the real server: what it said, and what is said now. */
export async function replay(
  stage: Stage,
  lines: readonly Line[],
): Promise<{ recorded: Heard; heard: Heard }> {
  const clients = new Map<string, RawClient[]>()
  const recorded: Heard = { http: [] }
  const heard: Heard = { http: [] }
  const token = tokenMaker()
  let last = 0
  for (const line of lines) {
    const { c = '', kind, dir, t } = line
    const own = clients.get(c) ?? []
    const client = own.at(-1)
    if (dir !== 'in') await sleep(Math.min(Math.max(t - last, 0), longestPauseMs))
    last = t
    if (kind === 'connect' && line.url && !line.host) {
      const opened = await open(stage, token(line.url))
      if (opened instanceof Refused) heard.http?.push([opened.status, opened.body])
      else clients.set(c, [...own, opened])
    } else if (kind === 'http_refused' && c !== 'H') recorded.http?.push([line.status, line.body])
    else if (kind === 'sql' && line.sql) await run(stage, line.sql)
    else if (kind === 'http' && line.request?.body !== undefined && line.response) {
      recorded.http?.push([line.response.status, line.response.body])
      heard.http?.push(await request(stage, line.request, token))
    } else if (kind === 'close') client?.cut()
    else if (dir === 'out' && line.binary_hex) client?.ws.send(Buffer.from(line.binary_hex, 'hex'))
    else if (dir === 'out' && line.frame !== undefined) client?.sendText(token(line.frame))
    else if (dir === 'in') await expectOneMore(line, recorded, own)
  }
  await sleep(300)
  for (const [c, own] of clients) {
    for (const frame of own.flatMap(({ frames }) => frames)) add(heard, c, frame)
    for (const client of own) client.cut()
  }
  for (const [key, frames] of Object.entries(heard)) {
    const wanted = recorded[key]?.length ?? 0
    if (parting.some((event) => key.endsWith(event)) && wanted > 0)
      frames.length = Math.min(frames.length, wanted)
    if (parting.some((event) => key.endsWith(event)) && wanted === 0) delete heard[key]
  }
  return { recorded, heard }
}

/** The recorded frame was there before the next step: now too, or it will never come. */
async function expectOneMore(line: Line, recorded: Heard, own: RawClient[]): Promise<void> {
  const bytes = line.binary_hex ? Buffer.from(line.binary_hex, 'hex') : Buffer.from(line.frame ?? '')
  const frame = RawClient.read(bytes, Boolean(line.binary_hex))
  const wanted = add(recorded, line.c ?? '', frame)
  const isLike = (other: Frame) => other.topic === frame.topic && other.event === frame.event
  const until = Date.now() + patienceMs
  while (
    own.length > 0 &&
    own.flatMap(({ frames }) => frames).filter(isLike).length < wanted &&
    Date.now() < until
  )
    await sleep(5)
}

function add(heard: Heard, c: string, frame: Frame): number {
  const key = `${c} ${frame.topic} ${frame.event}`
  const list = heard[key] ?? []
  heard[key] = list
  return list.push(normalized(frame))
}

function normalized({ joinRef, ref, payload, body, isBinary }: Frame): unknown {
  const accidental = (key: string, value: unknown): unknown => {
    if (key === 'phx_ref' || key === 'phx_ref_prev' || key === 'commit_timestamp') return typeof value
    if (key === 'id' && typeof value === 'string' && value.length === 36) return 'uuid'
    if (key === 'id' && typeof value === 'number' && value > 100_000) return 'entry id'
    if (key === 'ids' && Array.isArray(value)) return value.length
    if (typeof value === 'object' && value) return withoutMadeUpKeys(value)
    return typeof value === 'string' ? value.replace(/\d+ seconds ago/, 'N seconds ago') : value
  }
  const bytes = isBinary && payload.payload === null ? { bytes: body?.toString('hex') } : {}
  return JSON.parse(JSON.stringify({ joinRef, ref, payload, ...bytes }, accidental))
}

/** A presence without a key is known by the name it tracks. */
function withoutMadeUpKeys(value: object): object {
  if (Array.isArray(value)) return value
  const named = Object.entries(value).map(([key, entry]) => [
    madeUpKey.test(key) ? entry.metas[0].name : key,
    entry,
  ])
  return Object.fromEntries(named)
}

async function open(stage: Stage, url: string): Promise<RawClient | Refused> {
  const query = new URL(url.replace('HOST', 'localhost')).searchParams
  return stage.connect({ apikey: query.get('apikey'), vsn: query.get('vsn') }).catch((error: unknown) => {
    if (error instanceof Refused) return error
    throw error
  })
}

/** Some statements were recorded because they fail. */
async function run(stage: Stage, sql: string): Promise<void> {
  await stage.sql
    .unsafe(sql)
    .simple()
    .catch(() => undefined)
}

async function request(
  stage: Stage,
  { method, path, headers, body }: NonNullable<Line['request']>,
  token: (text: string) => string,
): Promise<[status: number, body: string]> {
  const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, token(value)]))
  const response = await fetch(`${stage.url}/realtime/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...filled },
    ...(method === 'GET' ? {} : { body: body ?? '' }),
  })
  return [response.status, await response.text()]
}

/** Puts a token of ours where the recording names one of theirs. */
function tokenMaker(): (text: string) => string {
  const at = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
  const made: Record<string, () => string> = {
    anon: () => KEYS.anonJwt,
    service_role: () => KEYS.serviceRoleJwt,
    'authenticated user1': () => userToken(user1),
    'authenticated user2': () => userToken(user2),
    expired: () => userToken(user1, { exp: at(-3615) }),
    'wrong signature': () => `${KEYS.anonJwt.slice(0, -4)}AAAA`,
    'no role': () => signJwt({ exp: at(3600) }),
    'role that does not exist': () => signJwt({ role: 'nobody_role', exp: at(3600) }),
    'expires in 6 s': () => signJwt({ role: 'anon', exp: at(2) }),
  }
  const kept = new Map<string, string>()
  return (text) =>
    text
      .replace(/<(.) repeated (\d+)>/g, (_all, char: string, times: string) => char.repeat(Number(times)))
      .replace(/<JWT ([^>]+)>/g, (_all, name: string) => {
        const make = made[name]
        if (!make) throw new Error(`the recording names a token "${name}" this test cannot make`)
        const known = kept.get(name) ?? make()
        kept.set(name, known)
        return known
      })
}
