import { randomBytes, randomUUID } from 'node:crypto'
import { actAs, type Caller, guest, type Tx } from './database'

export const aSecret = () => randomBytes(32).toString('base64url')

export interface Rights {
  role: 'viewer' | 'stock' | 'manager'
  locations?: string[] | null
  active?: boolean
}

/** Managers' requests about staff members. Each request has a new key unless the test sets one. */
export function theOffice(tx: Tx) {
  return {
    invite: async (
      email: string,
      { role, locations = null }: Rights,
      secret = aSecret(),
      key: string = randomUUID(),
    ) => {
      const [row] =
        await tx`select public.invite_staff_member(${email}, 'Noor', ${role}, ${secret}, ${key}, ${locations}) as id`
      return { id: String(row?.id), secret }
    },
    renew: (id: string, secret: string, key: string = randomUUID()) =>
      tx`select public.renew_invitation(${id}, ${secret}, ${key})`,
    revoke: (id: string) => tx`select public.revoke_invitation(${id})`,
    /** As the shop's server asks for a visitor who followed the link; afterwards the transaction is theirs again. */
    read: async (secret: string) => {
      const [before] = await tx`
        select current_setting('role') as role, current_setting('request.jwt.claims', true) as claims`
      await actAs(tx, guest)
      const [row] = await tx`select public.read_invitation(${secret}) as invitation`
      await tx`select set_config('request.jwt.claims', ${before?.claims}, true), set_config('role', ${before?.role}, true)`
      return row?.invitation
    },
    accept: async (secret: string) =>
      (
        await tx`select user_id, name, role, location_ids, active from public.accept_invitation(${secret})`
      )[0],
    change: async (
      { userId = '' }: Caller,
      { role, locations = null, active = true }: Rights,
      { seen = 1, sure = false, key = randomUUID() as string } = {},
    ) =>
      (
        await tx`select role, location_ids, active, version from public.change_staff_member(
          ${userId}, ${role}, ${active}, ${seen}, ${key}, ${locations}, ${sure})`
      )[0],
    signOut: async ({ userId = '' }: Caller) =>
      (await tx`select public.sign_out_everywhere(${userId}) as sessions`)[0]?.sessions,
  }
}

/** Speaks from here on as this person on a device of theirs: with the session that Auth would have made. */
export async function onADevice(tx: Tx, { userId = '' }: Caller): Promise<void> {
  const session = randomUUID()
  await tx`insert into auth.sessions (id, user_id) values (${session}, ${userId})`
  const claims = JSON.stringify({ role: 'authenticated', sub: userId, session_id: session })
  await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', 'authenticated', true)`
}
