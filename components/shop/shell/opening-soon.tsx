import { ShopPage } from '@/components/ui/layout/page'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { openingSoonWords } from './words'

/** The page of a shop that its manager has not set up yet. Renders a `<main>`. */
export function OpeningSoon() {
  return (
    <main id="content" tabIndex={-1}>
      <ShopPage>
        <Stack gap={8} hugs>
          <Heading level={1} size="display">
            {openingSoonWords.openingSoon}
          </Heading>
          <Text size="lead" prose>
            {openingSoonWords.about}
          </Text>
          <TextLink href="/staff" tone="link" isTall>
            {openingSoonWords.staff}
          </TextLink>
        </Stack>
      </ShopPage>
    </main>
  )
}
