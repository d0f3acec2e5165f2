import { z } from 'zod'
import { AuthRefusal } from './auth-errors'

const Metadata = z.record(z.string(), z.unknown())

/**
 * The user fields an administrator may set. An absent field stays as it is; metadata is merged, a null takes its key
 * away.
 */
export const UserChange = z.object({
  id: z.uuid().optional(),
  email: z.email().toLowerCase().optional(),
  password: z.string().optional(),
  email_confirm: z.boolean().optional(),
  role: z.enum(['authenticated']).optional(),
  app_metadata: Metadata.optional(),
  user_metadata: Metadata.optional(),
})
export type UserChange = z.infer<typeof UserChange>

/** The change a request asks for. Refuses with the codes and words of Supabase Auth. */
export function parseUserChange(body: unknown, shortestPassword: number): UserChange {
  const parsed = UserChange.strict().safeParse(body)
  if (!parsed.success) throw new AuthRefusal(400, 'validation_failed', explain(parsed.error))
  const { password } = parsed.data
  if (password !== undefined && password.length < shortestPassword) {
    throw new AuthRefusal(422, 'weak_password', `Password should be at least ${shortestPassword} characters.`)
  }
  if (password !== undefined && password.length > 72) {
    throw new AuthRefusal(400, 'validation_failed', 'Password cannot be longer than 72 characters')
  }
  return parsed.data
}

function explain({ issues: [issue] }: z.ZodError): string {
  if (issue?.path[0] === 'email') return 'Unable to validate email address: invalid format'
  if (issue?.code === 'unrecognized_keys') return `The embedded Auth does not know ${issue.keys.join(', ')}`
  return `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'invalid'}`
}
