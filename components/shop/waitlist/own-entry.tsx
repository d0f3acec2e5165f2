import type { Route } from 'next'
import { Button, ButtonLink } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { Stack } from '@/components/ui/layout/stack'
import { PostForm } from '@/components/ui/post-form'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { acceptOffer, confirmWaitlist, leaveWaitlist } from '@/lib/actions/shop/waitlist'
import type { EntryAnswer, WaitlistEntry } from '@/lib/domain/waitlist/waitlist'
import { entryWords, joinWords, waitlistRefusalWords } from './words'

const page = '/waitlist'

/** The page of one entry, opened by the link of its e-mail: its state, and the button for it. Plain forms. */
export function OwnEntry({ entry, answer }: { entry: WaitlistEntry | null; answer: EntryAnswer | null }) {
  const hasLeft = answer !== null && 'left' in answer
  if (!entry)
    return (
      <Text size="lead" role="status">
        {hasLeft ? entryWords.left : entryWords.ended}
      </Text>
    )
  const name = [entry.title, ...entry.option_values].join(', ')
  return (
    <Stack gap={4} width="prose" hugs>
      <Heading level={1}>{entryWords.heading(name)}</Heading>
      <State entry={entry} />
      <Problem size="body">{answer && 'refusal' in answer && waitlistRefusalWords(answer.refusal)}</Problem>
      {entry.status === 'waiting' || entry.status === 'offered' ? (
        <PostForm action={leaveWaitlist} page={page}>
          <Stack gap={2} hugs>
            <Text tone="soft">{entryWords.leaveNote}</Text>
            <Button size="large">{entryWords.leave}</Button>
          </Stack>
        </PostForm>
      ) : null}
      <TextLink href={`/products/${entry.handle}?variant=${encodeURIComponent(entry.sku)}` as Route}>
        {joinWords.backToProduct}
      </TextLink>
    </Stack>
  )
}

function State({ entry }: { entry: WaitlistEntry }) {
  switch (entry.status) {
    case 'unconfirmed':
      return (
        <PostForm action={confirmWaitlist} page={page}>
          <Stack gap={4} hugs>
            <Text size="lead">{entryWords.confirm}</Text>
            <Button kind="primary" size="large">
              {entryWords.joinNow}
            </Button>
          </Stack>
        </PostForm>
      )
    case 'waiting':
      return (
        <Text size="lead" role="status">
          {entryWords.waiting(entry.ahead ?? 0)}
        </Text>
      )
    case 'offered':
      return (
        <PostForm action={acceptOffer} page={page}>
          <Stack gap={4} hugs>
            <Text size="lead">{entryWords.heldUntil(entry.offered_until ?? entry.now)}</Text>
            <Button kind="primary" size="large">
              {entryWords.addToCart}
            </Button>
          </Stack>
        </PostForm>
      )
    case 'accepted':
      return (
        <>
          <Text size="lead">{entryWords.accepted}</Text>
          <ButtonLink size="large" href="/cart">
            {entryWords.viewCart}
          </ButtonLink>
        </>
      )
    case 'lapsed':
      return <Text size="lead">{entryWords.lapsed}</Text>
  }
}
