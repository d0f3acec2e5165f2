import { refusalWords } from '@/components/shop/cart/words'
import { takeTurn } from '@/lib/server/network/limits'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'
import { tryLater } from '@/lib/server/resilience/try-later'
import { keepWaitlistToken } from '@/lib/server/session/guest-secrets'
import { readEntry } from '@/lib/server/waitlist/waitlist'

const noStore = { 'cache-control': 'private, no-store' }

/**
 * The link in an e-mail about a waitlist: takes the secret out of the address into a cookie for these pages, and leads to
 * the entry. It changes nothing: mail programs open links, too.
 */
export const GET = answeringUnavailable(
  async (_request: Request, { params }: RouteContext<'/waitlist/key/[secret]'>) => {
    const { secret } = await params
    const turn = await takeTurn('link')
    const later = turn.ok ? null : tryLater(turn.error, refusalWords(turn.error))
    if (later) return later
    if (/^[\w-]{43}$/.test(secret) && (await readEntry(secret))) await keepWaitlistToken(secret)
    return new Response(null, { status: 303, headers: { location: '/waitlist', ...noStore } })
  },
)
