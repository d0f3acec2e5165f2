import { takeTurn } from '@/lib/server/network/limits'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'
import { exportOwnAccount } from '@/lib/server/session/account-erasure'
import { currentPerson } from '@/lib/server/session/session'

/** The personal data of the signed-in person as a file; elsewhere the sign-in page, or 429 for one who asks too often. */
export const GET = answeringUnavailable(async (): Promise<Response> => {
  const person = await currentPerson()
  if (!person)
    return new Response(null, { status: 303, headers: { location: '/account/sign-in?next=/account' } })
  if (!(await takeTurn('account', person.id)).ok) return new Response(null, { status: 429 })
  return new Response(JSON.stringify(await exportOwnAccount(), null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="my-data.json"',
      'cache-control': 'private, no-store',
    },
  })
})
