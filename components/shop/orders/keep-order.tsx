import type { Route } from 'next'
import { LinkButton } from '@/components/ui/actions/button'
import { PostForm } from '@/components/ui/post-form'
import { TextLink } from '@/components/ui/text/text-link'
import { keepOrder } from '@/lib/actions/shop/account'
import { accountPath } from '@/lib/domain/people/account-path'
import { keepOrderWords } from './words'

/**
 * Offers to put a guest's order into an account: of who is signed in, or after signing in, which leads back here. Renders
 * a `<form>`, a `<p>`, or nothing when it is in it.
 */
export function KeepOrder({ orderId, isInAccount }: { orderId: string; isInAccount: boolean | null }) {
  if (isInAccount) return null
  if (isInAccount === null) {
    return (
      <p>
        <TextLink href={accountPath('sign-in', `/orders/${orderId}`) as Route}>
          {keepOrderWords.signIn}
        </TextLink>{' '}
        {keepOrderWords.toAddThisOrderTo}
      </p>
    )
  }
  return (
    <PostForm action={keepOrder} page={`/orders/${orderId}`}>
      <input type="hidden" name="order_id" value={orderId} />
      <LinkButton type="submit" size="text">
        {keepOrderWords.addOrderToMyAccount}
      </LinkButton>
    </PostForm>
  )
}
