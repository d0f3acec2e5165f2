import type { Route } from 'next'
import { Button } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { PostForm } from '@/components/ui/post-form'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { joinWaitlist } from '@/lib/actions/shop/waitlist'
import type { Product, Variant } from '@/lib/domain/products/product'
import type { WaitlistAnswer } from '@/lib/domain/waitlist/waitlist'
import { joinWords, waitlistRefusalWords } from './words'

/** Where a shopper joins the waitlist of a variant; a plain form, the same with and without JavaScript. */
export function JoinWaitlist({
  product,
  variant,
  isSignedIn,
  answer,
}: {
  product: Product
  variant: Variant
  isSignedIn: boolean
  /** How the attempt before ended. */
  answer: WaitlistAnswer | null
}) {
  const query = `variant=${encodeURIComponent(variant.sku)}`
  const name = [product.title, ...variant.optionValues].join(', ')
  return (
    <Stack gap={4} width="prose" hugs>
      <Heading level={1}>{joinWords.title}</Heading>
      {answer && 'joined' in answer ? (
        <Text size="lead" role="status">
          {answer.joined === 'in_line' ? joinWords.inLine : joinWords.checkYourMail}
        </Text>
      ) : (
        <PostForm action={joinWaitlist} page={`/waitlist/new?product=${product.handle}&${query}`}>
          <Stack gap={4} hugs>
            <input type="hidden" name="variant_id" value={variant.id} />
            <Text size="lead">{`${name} ${joinWords.soldOut}`}</Text>
            <Text>{joinWords.howItWorks}</Text>
            {!isSignedIn && (
              <TextField
                size="large"
                id="email"
                name="email"
                type="email"
                label={joinWords.eMail}
                hint={joinWords.onlyForThis}
                autoComplete="email"
                required
              />
            )}
            <Problem size="body">
              {answer && 'refusal' in answer && waitlistRefusalWords(answer.refusal)}
            </Problem>
            <Button kind="primary" size="large">
              {joinWords.join}
            </Button>
          </Stack>
        </PostForm>
      )}
      <TextLink href={`/products/${product.handle}?${query}` as Route}>{joinWords.backToProduct}</TextLink>
    </Stack>
  )
}
