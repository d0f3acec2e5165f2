import { expect } from 'vitest'
import { type Caller, person, refusal, secretKey, shopper, type Tx } from './database'

/** Every kind of caller, each with all rights of those before. A customer is a shopper who signed in. */
export const everyone = ['shopper', 'customer', 'viewer', 'stock', 'manager', 'secret key'] as const
export type Who = (typeof everyone)[number]

export const reaches = (who: Who, least: Who) => everyone.indexOf(who) >= everyone.indexOf(least)

export async function caller(tx: Tx, who: Who): Promise<Caller> {
  if (who === 'shopper') return shopper
  if (who === 'secret key') return secretKey
  return person(tx, who === 'customer' ? undefined : who)
}

/** The attempt succeeds from this role on; who is below hears which role it takes, who is not signed in is not let near. */
export async function expectAllowedFrom(role: Who, who: Who, attempt: Promise<unknown>): Promise<void> {
  if (reaches(who, role)) await expect(attempt).resolves.toBeDefined()
  else if (who === 'shopper') await expect(attempt).rejects.toMatchObject({ code: '42501' })
  else expect(await refusal(attempt)).toMatchObject({ status: 403, code: 'role_required', detail: { role } })
}
