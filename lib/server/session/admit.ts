import 'server-only'
import { BadRequest } from '@/lib/domain/core/bad-request'
import type { Refusal } from '@/lib/domain/core/refusal'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { type FormSize, fits, shopperForm, staffForm } from '@/lib/domain/forms/form-size'
import { roleReaches, StaffRole } from '@/lib/domain/people/staff'
import { refusalOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'
import { isSignedIn } from './shopper'

// The checks at the start of every action. An action is a public address: it checks the caller and the size of the form
// before it reads, and long before it writes. The database still decides what is allowed.

const tooMuch: Refusal = {
  code: 'invalid_input',
  detail: { field: 'form', problem: 'more than a form of ours' },
}

/**
 * Checks that the caller is a staff member of at least this role and that the form, if there is one, is within the
 * limit for staff.
 */
export async function admitStaff(minimum: StaffRole, ...form: [FormData?]): Promise<Result<StaffRole>> {
  if (form.length > 0 && !isSmall(form[0], staffForm)) return refused(tooMuch)
  if (!(await isSignedIn())) return refused({ code: 'signed_out', detail: {} })
  const { data, error } = await (await sessionClient()).rpc('own_staff_role')
  if (error) return refused(refusalOrThrow('own_staff_role', error))
  const role = StaffRole.nullable().parse(data)
  return role && roleReaches(role, minimum)
    ? accepted(role)
    : refused({ code: 'role_required', detail: { role: minimum } })
}

/** Whether a form is no larger than those of shoppers are. */
export function admitShopper(form: FormData): Result<null> {
  return isSmall(form, shopperForm) ? accepted(null) : refused(tooMuch)
}

/** Throws `BadRequest` for what is no form. */
function isSmall(form: unknown, size: FormSize): boolean {
  if (!(form instanceof FormData)) throw new BadRequest('an action that takes a form was called without one')
  return fits(form, size)
}
