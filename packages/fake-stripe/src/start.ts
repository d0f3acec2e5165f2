import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { control } from '#control'
import { type ApiCall, answer, stepOf } from '#endpoints'
import { ApiError, invalid } from '#errors'
import { Faults } from '#faults'
import { readParams, textIn } from '#form'
import { bodyOf, sendEmpty, sendJson, sendText } from '#http'
import { IdempotencyKeys } from '#idempotency'
import { browserScript, challengePage } from '#pages'
import { Account } from '#payments/account'
import { endChallenge } from '#payments/intents'
import type { PaymentIntent, State } from '#payments/objects'
import type { Webhooks } from '#webhooks'

export interface FakeStripe {
  /** http://127.0.0.1:PORT: the host, port and protocol of an official client. */
  url: string
  secretKey: string
  publishableKey: string
  webhookSecret: string
  /** The settings of a client, as environment variables: STRIPE_API_BASE and the three keys. */
  env: Record<string, string>
  /** Its objects, to look at. Changes go through the API. */
  state: State
  webhooks: Webhooks
  faults: Faults
  stop: () => Promise<void>
}

/** Starts a fake Stripe on this machine's loopback; port 0 takes a free one. */
export async function startFakeStripe({ port = 0 }: { port?: number } = {}): Promise<FakeStripe> {
  const mark = randomBytes(12).toString('hex')
  const keys = { secretKey: `sk_test_${mark}`, publishableKey: `pk_test_${mark}` }
  const webhookSecret = `whsec_${mark}`
  const account = new Account(webhookSecret)
  const faults = new Faults()
  const service = new Service(account, faults, keys)
  const server = createServer((request, response) => {
    service.answer(request, response).catch((cause: unknown) => {
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { error: { type: 'api_error', message: String(cause) } })
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  account.servedAt(url)
  return {
    url,
    ...keys,
    webhookSecret,
    env: {
      STRIPE_API_BASE: url,
      STRIPE_SECRET_KEY: keys.secretKey,
      STRIPE_PUBLISHABLE_KEY: keys.publishableKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
    },
    state: account.state,
    webhooks: account.webhooks,
    faults,
    async stop() {
      await account.webhooks.stop()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

class Service {
  readonly #kept = new IdempotencyKeys()

  readonly account: Account
  readonly faults: Faults
  readonly keys: { secretKey: string; publishableKey: string }

  constructor(account: Account, faults: Faults, keys: { secretKey: string; publishableKey: string }) {
    this.account = account
    this.faults = faults
    this.keys = keys
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost')
    const method = request.method ?? 'GET'
    if (method === 'OPTIONS') return sendEmpty(response, 204)
    const body = await bodyOf(request)
    if (body === null) return sendEmpty(response, 413)
    const [root, ...path] = pathname.split('/').slice(1)
    if (root === 'v1') return this.#api({ method, path, text: body || search.slice(1) }, request, response)
    if (root === 'control' && method === 'POST') return this.#control(path[0] ?? '', body, response)
    if (root === 'stripe.js') return sendText(response, 'text/javascript', browserScript())
    if (root === 'challenge' && path[0]) return this.#challenge(method, path[0], body, response)
    return sendEmpty(response, 404)
  }

  async #api(
    { method, path, text }: { method: string; path: string[]; text: string },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const key = bearerOf(request)
    const isPublic = key === this.keys.publishableKey
    if (!isPublic && key !== this.keys.secretKey)
      return sendJson(response, 401, {
        error: { type: 'invalid_request_error', message: 'Invalid API Key provided.' },
      })
    const call: ApiCall = { method, path: path.map(decodeURIComponent), params: readParams(text), isPublic }
    const fault = this.faults.take(stepOf(call))
    // A request that hangs is closed by its caller.
    if (fault === 'hang') return
    if (fault === 'error')
      return sendJson(response, 500, { error: { type: 'api_error', message: 'An unknown error occurred.' } })
    if (fault === 'refuse')
      return sendJson(response, 400, {
        error: {
          type: 'invalid_request_error',
          code: 'testmode_refused',
          message: 'This request was refused.',
        },
      })
    const given = request.headers['idempotency-key']
    const reply = this.#once(
      call,
      typeof given === 'string' ? given : null,
      `${method} ${path.join('/')} ${text}`,
    )
    if (fault === 'lost') response.destroy()
    else sendJson(response, reply.status, reply.body)
  }

  #once(call: ApiCall, key: string | null, request: string) {
    try {
      const known = key && call.method === 'POST' ? this.#kept.replay(key, request) : null
      if (known) return known
    } catch (cause) {
      return replyOf(cause)
    }
    this.account.key = key
    const reply = this.#try(call)
    // As at Stripe, a request that was turned away before it did anything is not kept.
    if (key && call.method === 'POST' && reply.status !== 400 && reply.status !== 404)
      this.#kept.keep(key, request, reply)
    return reply
  }

  #try(call: ApiCall) {
    try {
      return { status: 200, body: answer(this.account, call) }
    } catch (cause) {
      return replyOf(cause)
    }
  }

  async #control(name: string, body: string, response: ServerResponse): Promise<void> {
    try {
      sendJson(response, 200, await control(this.account, this.faults, name, JSON.parse(body || '{}')))
    } catch (cause) {
      const { status, body: error } = replyOf(cause)
      sendJson(response, status, error)
    }
  }

  #challenge(method: string, id: string, body: string, response: ServerResponse): void {
    const intent = this.account.state.intents.get(id)
    if (!intent) sendEmpty(response, 404)
    else if (method === 'POST') this.#endChallenge(intent, body, response)
    else sendText(response, 'text/html', challengePage(intent.id))
  }

  #endChallenge(intent: PaymentIntent, body: string, response: ServerResponse): void {
    const isPassed = textIn(readParams(body), 'result') === 'pass'
    const back = endChallenge(this.account, intent, isPassed)
    if (back) {
      const location = new URL(back)
      location.searchParams.set('payment_intent', intent.id)
      location.searchParams.set('redirect_status', isPassed ? 'succeeded' : 'failed')
      sendEmpty(response, 303, { location: location.href })
    } else {
      sendText(response, 'text/plain', 'Done. Go back to the shop.')
    }
  }
}

function bearerOf({ headers: { authorization = '' } }: IncomingMessage): string {
  if (authorization.startsWith('Basic '))
    return Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':')[0] ?? ''
  return authorization.replace(/^Bearer /, '')
}

function replyOf(cause: unknown): { status: number; body: unknown } {
  if (cause instanceof ApiError) return { status: cause.status, body: { error: cause.body } }
  if (cause instanceof SyntaxError) return replyOf(invalid('The body is not JSON.'))
  throw cause
}
