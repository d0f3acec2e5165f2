import 'server-only'
import { cookies, headers } from 'next/headers'
import type { ZodType } from 'zod'
import { cameOverHttps } from './request'

const name = 'onhand-flash'
const lifeSeconds = 10

/**
 * Leaves something to say for the page shown next below `path`: how a form fared that was posted without JavaScript, or a
 * refused sign-in. In a cookie and not in the address, so that no link can put words into the shop's mouth.
 */
export async function leaveFlash(message: unknown, path = '/staff'): Promise<void> {
  const store = await cookies()
  store.set(name, JSON.stringify(message), {
    httpOnly: true,
    sameSite: 'lax',
    secure: cameOverHttps(await headers()),
    path: cookiePath(path),
    maxAge: lifeSeconds,
  })
}

/** Removes the message of an earlier form: the page shown next below `path` has another outcome to show. */
export async function forgetFlash(path = '/staff'): Promise<void> {
  const store = await cookies()
  store.set(name, '', { httpOnly: true, sameSite: 'lax', path: cookiePath(path), maxAge: 0 })
}

/** A form names its page: a semicolon in it would begin another attribute of the cookie. Such a page gets the whole shop. */
function cookiePath(path: string): string {
  return /^\/[\w\-./%~]*$/.test(path) ? path : '/'
}

/** The stored message if it has this shape; else null. */
export async function readFlash<Message>(shape: ZodType<Message>): Promise<Message | null> {
  const left = (await cookies()).get(name)
  if (!left) return null
  return shape.safeParse(parsed(left.value)).data ?? null
}

/** Null for what is no JSON: nobody but the visitor can have written that. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return null
  }
}
