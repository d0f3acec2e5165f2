import type { Route } from 'next'
import { ShopPage } from '@/components/ui/layout/page'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { AskShop } from '@/lib/domain/conversations/conversation'
import type { Refusal } from '@/lib/domain/core/refusal'
import { AskForm } from './ask-form'
import { askWords } from './words'

/** The page on which a shopper asks about something. Renders a `<div>`. */
export function AskPage({
  subject,
  back,
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
        <AskForm {...form} />
        <Row gap="wide">
          <TextLink href={back as Route}>{askWords.back}</TextLink>
          <TextLink href="/messages">{askWords.yourMessages}</TextLink>
        </Row>
      </Stack>
    </ShopPage>
  )
}
