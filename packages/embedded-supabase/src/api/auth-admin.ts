import postgres from 'postgres'
import { z } from 'zod'
import { KEYS, verifyJwt } from '#keys'
import { AuthRefusal, refusalResponse } from './auth-errors'
import { parseUserChange } from './auth-user-change'
import { authUsers } from './auth-users'

const PATH = /^\/auth\/v1\/admin\/users(?:\/([^/]+))?\/?$/

/** The calls of Supabase Auth's administration that managing staff needs: create, list, get, update and delete a user. */
export function createAuthAdmin(adminUrl: string, shortestPassword: number) {
  const sql = postgres(adminUrl, { max: 3, onnotice: () => undefined })
  const users = authUsers(sql)

  async function answer(request: Request, id: string | undefined): Promise<Response> {
    requireAdministrator(request.headers)
    if (id !== undefined && !z.uuid().safeParse(id).success) {
      throw new AuthRefusal(404, 'validation_failed', 'user_id must be an UUID')
    }
    const call = `${request.method} ${id === undefined ? 'users' : 'user'}`
    if (call === 'GET users') return list(new URL(request.url).searchParams)
    if (call === 'POST users') return create(await bodyOf(request))
    if (id !== undefined) {
      if (call === 'GET user') return Response.json(await users.get(id))
      if (call === 'PUT user')
        return Response.json(await users.update(id, parseUserChange(await bodyOf(request), shortestPassword)))
      if (call === 'DELETE user') return remove(id)
    }
    throw new AuthRefusal(405, 'unexpected_failure', `${request.method} is not allowed here`)
  }

  async function list(query: URLSearchParams): Promise<Response> {
    const page = Math.max(1, Number(query.get('page')) || 1)
    const perPage = Math.max(1, Number(query.get('per_page')) || 50)
    const { users: found, total } = await users.list(page, perPage)
    const last = Math.max(1, Math.ceil(total / perPage))
    const link = (to: number, rel: string) => `</admin/users?page=${to}&per_page=${perPage}>; rel="${rel}"`
    const links = [...(page < last ? [link(page + 1, 'next')] : []), link(last, 'last')]
    return Response.json(
      { users: found, aud: 'authenticated' },
      { headers: { 'x-total-count': String(total), link: links.join(', ') } },
    )
  }

  async function create(body: unknown): Promise<Response> {
    const change = parseUserChange(body, shortestPassword)
    if (change.email === undefined) {
      throw new AuthRefusal(400, 'validation_failed', 'Cannot create a user without either an email or phone')
    }
    return Response.json(await users.create(change))
  }

  async function remove(id: string): Promise<Response> {
    await users.remove(id)
    return Response.json({})
  }

  return {
    /** Null when the request is not for the administration. */
    answer: async (request: Request): Promise<Response | null> => {
      const path = PATH.exec(new URL(request.url).pathname)
      if (!path) return null
      try {
        return await answer(request, path[1])
      } catch (error) {
        const refusal = asRefusal(error)
        if (refusal) return refusalResponse(refusal, request)
        throw error
      }
    },
    stop: () => sql.end({ timeout: 1 }),
  }
}

/** The secret key, or a token of the service role. */
function requireAdministrator(headers: Headers): void {
  const bearer = /^Bearer\s+(.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  const token = bearer?.startsWith('ey') ? bearer : headers.get('apikey')
  if (!token) throw new AuthRefusal(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
  if (token === KEYS.secret) return
  const claims = token.startsWith('ey') ? verifyJwt(token) : { role: 'anon' }
  if (!claims) throw new AuthRefusal(403, 'bad_jwt', 'invalid JWT: unable to parse or verify signature')
  if (claims.role !== 'service_role') throw new AuthRefusal(403, 'not_admin', 'User not allowed')
}

async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    throw new AuthRefusal(400, 'bad_json', 'Could not read request body as JSON')
  }
}

function asRefusal(error: unknown): AuthRefusal | null {
  if (error instanceof AuthRefusal) return error
  if (!(error instanceof postgres.PostgresError)) return null
  if (error.constraint_name === 'users_email_partial_key') {
    return new AuthRefusal(422, 'email_exists', 'A user with this email address has already been registered')
  }
  return new AuthRefusal(500, 'unexpected_failure', `Database error: ${error.message}`)
}
