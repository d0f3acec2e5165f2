import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type Form, formWith } from './forms'

export interface Page {
  status: number
  /** The address it was asked for under. */
  path: string
  html: string
  /** The redirect target; null for a page. */
  location: string | null
}

interface Cookie {
  value: string
  path: string
}

/** Kept-alive connections, as browsers keep them. */
const agent = new Agent({ keepAlive: true })

/** A visitor's browser without JavaScript: it keeps cookies, follows links and sends forms. Redirects to another page are left to whoever drives it. */
export class Browser {
  readonly #shop: string
  readonly #headers: Record<string, string>
  readonly #cookies = new Map<string, Cookie>()

  /** @param headers what is sent with every request, such as the network a proxy in front would name. */
  constructor(shop: string, headers: Record<string, string> = {}) {
    this.#shop = shop
    this.#headers = headers
  }

  get(path: string): Promise<Page> {
    return this.#send('GET', path)
  }

  /** Presses a button of a page, with what was typed into its form. */
  press(page: Page, button: string, typed: Record<string, string> = {}): Promise<Page> {
    return this.send(page, formWith(page.html, button), typed)
  }

  /** Sends a form that was taken from a page before. */
  send(
    page: Pick<Page, 'path'>,
    { action, isMultipart, fields }: Form,
    typed: Record<string, string> = {},
  ): Promise<Page> {
    const sent = [...new Map([...fields, ...Object.entries(typed)])]
    const { type, body } = isMultipart ? inParts(sent) : inOneLine(sent)
    return this.#send('POST', action || page.path, body, {
      'content-type': type,
      'content-length': String(Buffer.byteLength(body)),
      origin: this.#shop,
    })
  }

  async #send(method: string, path: string, body = '', headers: Record<string, string> = {}): Promise<Page> {
    const cookie = this.#cookiesFor(path)
    const response = await this.#ask(new URL(path, this.#shop), body, {
      method,
      headers: { accept: 'text/html', ...this.#headers, ...(cookie && { cookie }), ...headers },
    })
    this.#keep(response.headers['set-cookie'] ?? [])
    const html = (await buffer(response)).toString()
    // The shop has set the first cookie and asks for the same request with it.
    if (response.statusCode === 307)
      return this.#send(method, response.headers.location ?? path, body, headers)
    return { status: response.statusCode ?? 0, path, html, location: response.headers.location ?? null }
  }

  /** As browsers do, once more when a kept connection was closed in the meantime. */
  async #ask(url: URL, body: string, options: RequestOptions): Promise<IncomingMessage> {
    const sent = request(url, { agent, ...options }).end(body)
    try {
      const [response] = (await once(sent, 'response')) as [IncomingMessage]
      return response
    } catch (reason) {
      if (sent.reusedSocket && isReset(reason)) return this.#ask(url, body, options)
      throw reason
    }
  }

  #cookiesFor(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/;\s*max-age=0\b/i.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, { value, path: /;\s*path=([^;]*)/i.exec(line)?.[1] ?? '/' })
    }
  }
}

type Fields = [name: string, value: string][]

function inParts(fields: Fields): { type: string; body: string } {
  const boundary = randomUUID()
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: `${parts.join('')}--${boundary}--\r\n`,
  }
}

function inOneLine(fields: Fields): { type: string; body: string } {
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() }
}

function isReset(reason: unknown): boolean {
  return reason instanceof Error && 'code' in reason && reason.code === 'ECONNRESET'
}
