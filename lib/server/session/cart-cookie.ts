import 'server-only'
import { randomBytes } from 'node:crypto'

// A guest proves a cart by the secret in this cookie (docs/decisions/0012).

export const cartCookie = 'cart'

/** The attributes of a cookie with a secret of a guest, as Next takes them. Life in seconds: 30 days. */
export const secretCookie = { httpOnly: true, sameSite: 'lax', maxAge: 30 * 24 * 60 * 60 } as const

export const newSecret = () => randomBytes(32).toString('base64url')
export const isSecret = (value: string | undefined): value is string => /^[\w-]{43}$/.test(value ?? '')
