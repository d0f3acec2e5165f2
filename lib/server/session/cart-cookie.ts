import 'server-only'
import { randomBytes } from 'node:crypto'

// A guest proves a cart by the secret in this cookie (docs/decisions/0012).

export const cartCookie = 'cart'
export const monthInSeconds = 30 * 24 * 60 * 60

export const newSecret = () => randomBytes(32).toString('base64url')
export const isSecret = (value: string | undefined): value is string => /^[\w-]{43}$/.test(value ?? '')
