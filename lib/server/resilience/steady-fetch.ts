import 'server-only'
import { Unavailable } from '@/lib/domain/core/unavailable'
import { createCircuit } from './circuit'
import { isRead, limitFor, shopperLimits, type TimeLimits } from './time-limits'

/** Error codes of a kept-alive connection that the server closed in the meantime, or that broke. */
const broken = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/** An outage of one host must not stop calls to another. There are as many as Supabase has addresses: one. */
const circuits = new Map<string, ReturnType<typeof createCircuit>>()

/** Begins the message of a call that was not sent, because the last ones to its host failed. */
const notSent = 'not sent'

/** Whether a call with this error message certainly did nothing. */
export function wasNotSent(message: string): boolean {
  return message.includes(`${Unavailable.name}: ${notSent}`)
}

type Fetch = (asked: RequestInfo | URL, init?: RequestInit) => Promise<Response>

/**
 * fetch with a time limit for the whole call, which ends with the last byte of the answer. A read is sent once more when
 * the connection ended before an answer came. A write is not: whether it took effect is unknown, and the browser repeats
 * it under the same key (docs/forms.md). After failures in a row most calls fail at once, so that an outage costs its
 * callers no time. Throws `Unavailable` where there is no answer.
 */
export function createSteadyFetch(limits: TimeLimits): Fetch {
  return async (asked, init = {}) => {
    const address = asked instanceof Request ? asked.url : String(asked)
    const method = init.method ?? (asked instanceof Request ? asked.method : 'GET')
    const circuit = circuitOf(address)
    if (!circuit.mayCall()) throw new Unavailable(`${notSent}, the last calls failed: ${method} ${address}`)
    const limitMs = limitFor(method, address, limits)
    const limit = AbortSignal.timeout(limitMs)
    const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit
    try {
      const send = isRepeatable(method, address) ? sentOnceMore : fetch
      const answer = await whole(send(asked, { ...init, signal }))
      circuit.succeeded()
      return answer
    } catch (cause) {
      if (init.signal?.aborted) throw cause
      circuit.failed()
      const why = limit.aborted ? `no answer within ${limitMs} ms` : 'fetch failed'
      throw new Unavailable(`${why}: ${method} ${address}`, { cause })
    }
  }
}

/** For what shoppers wait for. */
export const steadyFetch = createSteadyFetch(shopperLimits)

/** The answer with its body read, so that a body that never ends is a failed call and not a hanging page. */
async function whole(call: Promise<Response>): Promise<Response> {
  const answer = await call
  const body = await answer.arrayBuffer()
  const { status, statusText, headers } = answer
  return new Response(mayHaveBody(status) ? body : null, { status, statusText, headers })
}

const mayHaveBody = (status: number) => status !== 204 && status !== 205 && status !== 304

/** Reads, and tokens: Auth answers a token that is asked for twice. */
function isRepeatable(method: string, address: string): boolean {
  return isRead(method, address) || address.includes('/auth/v1/token')
}

async function sentOnceMore(asked: RequestInfo | URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(asked, init)
  } catch (cause) {
    if (!endedEarly(cause)) throw cause
    return fetch(asked, init)
  }
}

function circuitOf(address: string): ReturnType<typeof createCircuit> {
  const { host } = new URL(address)
  const circuit = circuits.get(host) ?? createCircuit()
  circuits.set(host, circuit)
  return circuit
}

function endedEarly(reason: unknown): boolean {
  const cause = reason instanceof Error ? reason.cause : null
  return cause instanceof Error && 'code' in cause && broken.has(String(cause.code))
}
