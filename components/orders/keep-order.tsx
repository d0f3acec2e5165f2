import { linkButton } from '@/components/ui/controls'
import { Link } from '@/components/ui/link'
import { keepOrder } from '@/lib/actions/account'

/**
 * Offers to put a guest's order into an account: of who is signed in, or after signing in. That does not lead back here: what
 * follows an action is rendered with the cookies of the page it was posted from, and this order's goes to its own pages
 * alone. Renders a `<form>`, a `<p>`, or nothing when it is in it.
 */
export function KeepOrder({ orderId, isInAccount }: { orderId: string; isInAccount: boolean | null }) {
  if (isInAccount) return null
  if (isInAccount === null) {
    return (
      <p>
        <Link href="/account/sign-in" className="underlined">
          Sign in
        </Link>{' '}
        and open this page again to keep the order in your account.
      </p>
    )
  }
  return (
    <form action={keepOrder}>
      <input type="hidden" name="order_id" value={orderId} />
      <button type="submit" className={`${linkButton} -ml-1`}>
        Keep this order in my account
      </button>
    </form>
  )
}
