import 'server-only'
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { bitsOf, leadingZeros, type Proof, proofText } from '@/lib/domain/checkout/proof'
import { secretKey } from '@/lib/server/platform/env'

/** As long as a slow phone may take, and a person who reads. */
const livesForMs = 15 * 60_000

/** The order of one cart that a proof is for. It is worth nothing for another one. */
interface Order {
  cart: string
  idempotencyKey: string
}

/** A challenge for the order of this cart's form with this key. */
export function challengeFor(order: Order, bits: number, now: number): string {
  const head = `${bits}.${now + livesForMs}`
  return `${head}.${signature(head, order)}`
}

/** Whether a proof was made for this order, with as much work as is asked for, and in time. */
export function isProved(order: Order, { challenge, nonce }: Proof, now: number): boolean {
  const bits = bitsOf(challenge)
  const [head = '', expires = 0, signed = ''] = [
    challenge.split('.').slice(0, 2).join('.'),
    Number(challenge.split('.')[1]),
    challenge.split('.')[2],
  ]
  if (bits === null || bits < fewestBits || now > expires || !Number.isSafeInteger(nonce) || nonce < 0)
    return false
  const [sent, expected] = [Buffer.from(signed), Buffer.from(signature(head, order))]
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) return false
  const hash = createHash('sha256').update(proofText(challenge, nonce)).digest()
  return leadingZeros([0, 4, 8].map((offset) => hash.readInt32BE(offset))) >= bits
}

/** Less is no work; a challenge of ours never asks for less. */
const fewestBits = 8

function signature(head: string, { cart, idempotencyKey }: Order): string {
  return createHmac('sha256', secretKey())
    .update(`proof ${head} ${cart} ${idempotencyKey}`)
    .digest('base64url')
}
