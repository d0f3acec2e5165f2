import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { type AddressObject, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** One message as the mailbox keeps it. */
export interface Message {
  id: number
  /** When it arrived, ISO 8601. */
  at: string
  messageId: string
  from: string
  to: string
  subject: string
  text: string
  html: string
  /** Headers by their names in lower case. */
  headers: Record<string, string>
}

export interface Mailbox {
  /** Where mail is sent to: smtp://127.0.0.1:PORT. */
  smtpUrl: string
  /** The latest messages, newest first. Each is parsed when it is first asked for: a shop in a rush sends many. */
  messages: () => Promise<readonly Message[]>
  /** Keeps a message that Auth wrote itself. */
  put: (message: Pick<Message, 'to' | 'subject' | 'text'>) => void
  stop: () => Promise<void>
}

/** As much as a developer looks at; older messages are dropped. */
const KEPT = 500
const LARGEST_BYTES = 2_000_000

/** A mail server that delivers nothing: whatever it takes is kept in memory and shown on a page of the stack. */
export async function startMailbox(): Promise<Mailbox> {
  const kept: (() => Promise<Message>)[] = []
  let count = 0
  const keep = (message: () => Promise<Message>) => {
    kept.unshift(message)
    kept.length = Math.min(kept.length, KEPT)
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    // Senders keep connections open: nobody waits for them.
    closeTimeout: 1,
    size: LARGEST_BYTES,
    logger: false,
    onData(stream, _session, done) {
      const [id, at] = [++count, new Date().toISOString()]
      buffer(stream).then(
        (sent) => {
          if (stream.sizeExceeded)
            return done(Object.assign(new Error('The message is too large.'), { responseCode: 552 }))
          let parsed: Promise<Message> | undefined
          keep(() => (parsed ??= parse(sent, id, at)))
          done()
        },
        (cause: unknown) => done(cause instanceof Error ? cause : new Error(String(cause))),
      )
    },
  })
  // A client that goes away in the middle of a message is no fault of the mailbox.
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  if (typeof address !== 'object' || !address) throw new Error('a listening server has no address')
  return {
    smtpUrl: `smtp://127.0.0.1:${address.port}`,
    messages: () => Promise.all(kept.map((message) => message())),
    put(message) {
      const [id, at] = [++count, new Date().toISOString()]
      keep(async () => ({ id, at, messageId: '', from: 'Auth', html: '', headers: {}, ...message }))
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function parse(sent: Buffer, id: number, at: string): Promise<Message> {
  const mail = await simpleParser(sent, { skipTextToHtml: true })
  return {
    id,
    at,
    messageId: mail.messageId ?? '',
    from: addresses(mail.from),
    to: addresses(mail.to),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    headers: Object.fromEntries(
      mail.headerLines.map(({ key, line }) => [key, line.slice(key.length + 1).trim()]),
    ),
  }
}

function addresses(field: AddressObject | AddressObject[] | undefined): string {
  return [field ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ')
}
