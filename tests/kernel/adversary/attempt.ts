import postgres, { type Sql } from 'postgres'
import { Refusal } from '@/lib/domain/core/refusal'
import { randomFrom } from '@/tests/kernel/history/intents'
import { actAs } from '@/tests/support/database'
import type { Cast } from './cast'
import { type CallerKind, isOpenToGuests, signature, type Target } from './catalog'
import { type JsonObject, jsonText } from './json'
import type { Malice } from './plan'
import { pick } from './spellings'
import { statementFor, typesOnly } from './statement'
import { argumentsFor } from './twist'

/** Something that must not happen, by kind: many of the same are one fault. */
export type Fault = { kind: string; example: string }

export type Attempt = {
  target: Target
  kind: CallerKind
  sent: string
  took: number
  outcome: string
  faults: Fault[]
}

/** The time limit of a call, after which the database gives up. */
export const LIMIT_MS = Number(process.env.ADVERSARY_LIMIT_MS ?? 2000)
const GIVE_UP_MS = 15_000

/** Half of the calls go to public functions, mostly by public roles; batch functions are called twice as often. */
export function aimed(targets: Target[], { target, kind }: Malice): { target: Target; kind: CallerKind } {
  const open = targets.filter(isOpenToGuests)
  const many = open.filter(({ arguments: args }) => args.some(({ name }) => name === 'requests'))
  const among = target % 2 === 0 && open.length > 0 ? [...open, ...many, ...many, ...many, ...many] : targets
  const hit = among[Math.floor(target / 2) % among.length] as Target
  const outside = hit.callerKinds.filter((each) => each === 'anon' || each === 'guest')
  const callerKinds =
    outside.length > 0 && kind % 5 > 0
      ? [...outside, ...(hit.callerKinds.includes('shopper') ? ['shopper' as const] : [])]
      : hit.callerKinds
  return { target: hit, kind: callerKinds[Math.floor(kind / 5) % callerKinds.length] as CallerKind }
}

/** Makes one call as the Data API would, and says what was wrong with how it ended. */
export async function attempt(sql: Sql, targets: Target[], cast: Cast, malice: Malice): Promise<Attempt> {
  const { target, kind } = aimed(targets, malice)
  const random = randomFrom(malice.twist)
  const caller = pick(cast.people[kind], random)
  const args = argumentsFor(target, { pools: cast.pools, random, labels: target.labels })
  if (kind === 'guest') keepToken(target, args, cast, malice)
  const sent = jsonText(args)
  const done = { target, kind, sent, took: 0, outcome: 'done' }
  let begun = performance.now()
  try {
    const answer = await sql.begin(async (tx) => {
      await tx.unsafe(`set local statement_timeout = ${GIVE_UP_MS}`)
      await actAs(tx, caller)
      begun = performance.now()
      return tx.unsafe(statementFor(target, Object.keys(args)), [sent])
    })
    done.took = performance.now() - begun
    if (/"expires_at": ?"/.test(JSON.stringify(answer))) remember(cast, args)
    return {
      ...done,
      faults: [
        ...slowness(done),
        ...faultsOfAnswer(
          done,
          cast,
          answer.map(({ answer: each }) => each),
        ),
      ],
    }
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error
    done.took = performance.now() - begun
    done.outcome = `${error.code} ${error.code.startsWith('PT') ? error.message : ''}`.trim()
    const wasTyped = error.code.startsWith('22') && (await isTyped(sql, target, Object.keys(args), sent))
    return { ...done, faults: [...slowness(done), ...faultsOfError(done, error, wasTyped)] }
  }
}

/** Whether an error about data is the function's own: a function in SQL is inlined, and no error then says where it was. */
const isTyped = (sql: Sql, target: Target, given: string[], sent: string): Promise<boolean> =>
  sql.unsafe(typesOnly(target, given), [sent]).then(
    () => true,
    () => false,
  )

const REMEMBERED = 5
/** Whose cart a call was about, when something is held in it now. */
function remember({ pools }: Cast, args: JsonObject): void {
  const requests = Array.isArray(args.requests) ? args.requests.slice(0, REMEMBERED) : []
  const named = [args, ...requests].map((each) => (each as JsonObject | null)?.cart_token)
  const tokens = named.filter(
    (token): token is string => typeof token === 'string' && pools.tokens.includes(token),
  )
  pools.used = [...new Set([...tokens, ...pools.used])].slice(0, REMEMBERED)
}

/** Without any token the secret key is the shop itself, which may do everything: no guest ever comes that way. */
function keepToken({ arguments: args }: Target, sent: JsonObject, cast: Cast, { twist }: Malice): void {
  const token = args.find(({ name }) => /token/.test(name))?.name
  if (token && (sent[token] ?? null) === null)
    sent[token] = cast.pools.tokens[twist % cast.pools.tokens.length] ?? ''
}

function slowness({ took, ...call }: Omit<Attempt, 'faults'>): Fault[] {
  return took > LIMIT_MS
    ? [{ kind: `slow: ${call.target.name}`, example: `${Math.round(took)} ms ${told(call)}` }]
    : []
}

/** Raised before any function of ours: what was sent is not of the type, which the Data API answers with a 400. */
const CONVERSION = /^(22|42501|5400[01])/

const CODES = new Set<string>(Refusal.options.map(({ shape }) => shape.code.value))
const isListed = (status: number, code: string) =>
  CODES.has(code) && ((status >= 400 && status < 500) || status === 503)

function faultsOfError(
  call: Omit<Attempt, 'faults'>,
  error: postgres.PostgresError,
  wasTyped: boolean,
): Fault[] {
  const { code, message, detail } = error
  if (code.startsWith('PT')) {
    return isListed(Number(code.slice(2)), message)
      ? []
      : [
          {
            kind: `unlisted refusal ${code} ${message}: ${call.target.name}`,
            example: `${detail} ${told(call)}`,
          },
        ]
  }
  const inside = /function (?:(?:public|private)\.)?(\w+)\(/.exec(error.where ?? '')?.[1]
  if (!inside && !wasTyped && CONVERSION.test(code)) return []
  // The role has no right to what the function reads for it: refused, and nothing was told.
  if (code === '42501') return []
  const level = code.startsWith('22') ? 'unread input' : 'internal error'
  return [
    {
      kind: `${level} ${code} in ${inside ?? '?'}: ${call.target.name}`,
      example: `${message.slice(0, 160)} ${told(call)}`,
    },
  ]
}

function faultsOfAnswer(call: Omit<Attempt, 'faults'>, cast: Cast, answers: unknown[]): Fault[] {
  const isStaff = ['viewer', 'stock', 'manager'].includes(call.kind)
  const text = JSON.stringify(answers)
  const leaked = !isStaff && text.includes(cast.secret)
  const inCall = answers.flat().flatMap((each) => {
    const refused = (each as { refused?: { status: number; code: string; detail: unknown } } | null)?.refused
    if (!refused) return []
    return isListed(refused.status, refused.code)
      ? []
      : [{ kind: `unlisted refusal ${refused.code}: ${call.target.name}`, example: told(call) }]
  })
  return leaked
    ? [
        ...inCall,
        {
          kind: `leaked to an outsider: ${call.target.name}`,
          example: `${told(call)} -> ${text.slice(0, 200)}`,
        },
      ]
    : inCall
}

const told = ({ target, kind, sent }: Pick<Attempt, 'target' | 'kind' | 'sent'>) =>
  `${kind}: ${signature(target).split('(')[0]} ${sent.slice(0, 400)}`
