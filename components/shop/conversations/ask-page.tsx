import type { Route } from 'next'
import { ShopPage } from '@/components/ui/layout/page'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { askShop } from '@/lib/actions/shop/conversations'
import type { AskShop } from '@/lib/domain/conversations/conversation'
import type { Refusal } from '@/lib/domain/core/refusal'
import { MessageForm } from './message-form'
import { askWords } from './words'

/** The page on which a shopper asks about something. Renders a `<div>`. */
export function AskPage({
  subject,
  back,
  about,
  aboutId,
  ...form
}: {
  /** The name of the product, order or page that it is about. */
  subject: string
  /** The page it began on. */
  back: string
  about: AskShop['about']
  aboutId?: string
  page: string
  posted: Refusal | null
}) {
  return (
    <ShopPage>
      <Stack gap={6} width="prose">
        <Heading level={1}>{askWords.title}</Heading>
        <Text size="lead">{askWords.about(subject)}</Text>
        <MessageForm
          action={askShop}
          fields={{ about, about_id: aboutId }}
          label={askWords.yourQuestion}
          hint={askWords.hint}
          rows={5}
          send={askWords.send}
          {...form}
        />
        <Row gap="wide">
          <TextLink href={back as Route}>{askWords.back}</TextLink>
          <TextLink href="/messages">{askWords.yourMessages}</TextLink>
        </Row>
      </Stack>
    </ShopPage>
  )
}
