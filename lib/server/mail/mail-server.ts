import 'server-only'
import { createTransport, type Transporter } from 'nodemailer'
import type { MailSettings } from '@/lib/server/platform/env'

/** How long a mail server may take: to accept the connection, to greet, and to answer. Less than a lease in all. */
const timesMs = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

/** A message as it is handed to the mail server. */
export interface Letter {
  messageId: string
  to: string
  subject: string
  html: string
  text: string
}

/** Why a mail server did not take a message; final when it will never take it for this recipient. */
export interface Rejection {
  error: string
  isFinal: boolean
}

/** The connections to the mail server, kept open between messages. */
export class MailServer {
  readonly #transport: Transporter
  readonly #from: string

  constructor({ smtpUrl, from }: MailSettings) {
    this.#transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 2, ...timesMs })
    this.#from = from
  }

  /** Hands a message over. Resolves with null when the mail server took it, else with the reason. */
  async send({ to, ...letter }: Letter): Promise<Rejection | null> {
    try {
      await this.#transport.sendMail({
        from: this.#from,
        // An address alone: whatever else a customer typed is no part of a header.
        to: { name: '', address: to },
        ...letter,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      return null
    } catch (cause) {
      return rejectionOf(cause)
    }
  }

  close(): void {
    this.#transport.close()
  }
}

/** RFC 5321 §4.2.1: a 5yz reply to the recipient or the data is final; everything else may succeed later. */
function rejectionOf(cause: unknown): Rejection {
  const {
    responseCode = 0,
    command = '',
    response,
    message,
  } = cause as {
    responseCode?: number
    command?: string
    response?: string
    message?: string
  }
  return {
    error: response ?? message ?? String(cause),
    isFinal: responseCode >= 500 && (command.startsWith('RCPT') || command === 'DATA'),
  }
}
