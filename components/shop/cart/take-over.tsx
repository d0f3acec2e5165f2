import { Button } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { Stack } from '@/components/ui/layout/stack'
import { PostForm } from '@/components/ui/post-form'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { takeOverCart } from '@/lib/actions/shop/take-over'
import type { Refusal } from '@/lib/domain/core/refusal'
import { refusalWords, takeOverWords as words } from './words'

/** One button, with which a person takes over the cart of a shopping agent. A plain form. */
export function TakeOver({
  token,
  replaces,
  refusal,
}: {
  token: string
  /** Whether this browser has a cart with items. */
  replaces: boolean
  refusal: Refusal | null
}) {
  return (
    <Stack gap={4} width="prose" hugs>
      <Heading level={1}>{words.title}</Heading>
      <Text size="lead">{words.what}</Text>
      {replaces && <Text tone="soft">{words.replaces}</Text>}
      <Problem size="body">
        {refusal && (refusal.code === 'not_found' ? words.ended : refusalWords(refusal))}
      </Problem>
      <PostForm action={takeOverCart} page={`/continue/${token}`}>
        <input type="hidden" name="token" value={token} />
        <Button kind="primary" size="large">
          {words.takeOver}
        </Button>
      </PostForm>
    </Stack>
  )
}
