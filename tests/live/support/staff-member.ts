import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { StockLevel } from '@/lib/domain/stock/stock'
import { underTest } from './shop-window'

/** A staff member, signed in by password. */
export interface StaffMember {
  token: string
  /** Asks for an adjustment as the Data API takes it; the answer is the level, or a refusal's code. */
  adjust(
    change: Adjustment,
    key: string,
  ): Promise<{ ok: true; data: StockLevel[] } | { ok: false; error: string }>
}

export interface Adjustment {
  variantId: string
  locationId: string
  delta: number
}

export async function aStaffMember(sql: Sql): Promise<StaffMember> {
  const { supabaseUrl, publishableKey } = underTest()
  const secretKey = process.env.SUPABASE_SECRET_KEY
  if (!secretKey) throw new Error('SUPABASE_SECRET_KEY is not set: run these tests by "npm test".')
  const [email, password] = [`${randomUUID()}@onhand.test`, randomUUID()]

  async function post(path: string, apikey: string, token: string, body: unknown) {
    const headers = { apikey, authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${supabaseUrl}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return { ok: answer.ok, body: (await answer.json()) as unknown }
  }
  const made = await post('/auth/v1/admin/users', secretKey, secretKey, {
    email,
    password,
    email_confirm: true,
  })
  const { id } = made.body as { id: string }
  await sql`insert into public.staff (user_id, name, email, role) values (${id}, 'Ada', ${email}, 'stock')`
  const session = await post('/auth/v1/token?grant_type=password', publishableKey, publishableKey, {
    email,
    password,
  })
  const { access_token: token } = session.body as { access_token: string }

  return {
    token,
    async adjust({ variantId, locationId, delta }, key) {
      const { ok, body } = await post('/rest/v1/rpc/adjust_stock', publishableKey, token, {
        variant_id: variantId,
        location_id: locationId,
        delta,
        reason: 'correction',
        idempotency_key: key,
      })
      return ok ? { ok, data: [body as StockLevel] } : { ok, error: (body as { message: string }).message }
    },
  }
}
