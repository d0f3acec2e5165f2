import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendJson } from '#api/node-http'
import type { Mailbox, Message } from './mailbox'

/** Mail may hold anything: nothing of it runs, loads or leaves its frame. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'"

/**
 * The pages of the mailbox: /mailbox (the list), /mailbox/ID (one message), /mailbox/ID/html (its HTML part), and
 * /mailbox/messages (all of them as JSON, for tests). Answers false for any other path.
 */
export function answerMailbox(mailbox: Mailbox, request: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = (request.url ?? '').split('?')
  const [, root, id, part] = path.split('/')
  if (root !== 'mailbox') return false
  if (request.method !== 'GET') sendJson(response, 405, { message: 'The mailbox is read only' })
  else
    mailbox.messages().then(
      (messages) => answer(messages, response, id, part),
      (cause) => sendJson(response, 500, { message: `A message could not be parsed: ${cause}` }),
    )
  return true
}

function answer(messages: readonly Message[], response: ServerResponse, id?: string, part?: string): void {
  const message = messages.find((one) => String(one.id) === id)
  if (!id) sendHtml(response, listPage(messages))
  else if (id === 'messages') sendJson(response, 200, messages)
  else if (!message) sendJson(response, 404, { message: 'no such message' })
  else sendHtml(response, part === 'html' ? message.html : messagePage(message))
}

function listPage(messages: readonly Message[]): string {
  const rows = messages.map(
    ({ id, at, to, subject }) =>
      `<tr><td><a href="/mailbox/${id}">${escaped(subject) || '(no subject)'}</a></td><td>${escaped(to)}</td><td><time>${at}</time></td></tr>`,
  )
  return page(
    'Mailbox',
    rows.length > 0
      ? `<table><thead><tr><th>Subject</th><th>To</th><th>Received</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
      : '<p>No messages yet. E-mails that the project sends appear here; none leaves this machine.</p>',
  )
}

function messagePage({ id, at, from, to, subject, text }: Message): string {
  return page(
    subject || '(no subject)',
    `<p><a href="/mailbox">All messages</a></p>
<p>From ${escaped(from)} to ${escaped(to)}, ${at}</p>
<iframe sandbox title="HTML part" src="/mailbox/${id}/html"></iframe>
<h2>Text part</h2><pre>${escaped(text)}</pre>`,
  )
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid;padding:.5rem;text-align:left}iframe{background:#fff;border:1px solid;height:40rem;width:100%}
pre{white-space:pre-wrap}</style></head><body><h1>${escaped(title)}</h1>${body}</body></html>`
}

function sendHtml(response: ServerResponse, html: string): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  response.end(html)
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
