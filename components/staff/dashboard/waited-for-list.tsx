import type { Route } from 'next'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { Dashboard } from '@/lib/domain/insight/dashboard'
import { waitedForListWords } from './words'

/** Variants with the longest waitlists: demand that stock does not meet. Renders a `<ul>`, or a `<p>` without any. */
export function WaitedForList({ variants }: { variants: Dashboard['waited_for'] }) {
  if (variants.length === 0) {
    return (
      <Text size="small" tone="soft">
        {waitedForListWords.allEmpty}
      </Text>
    )
  }
  return (
    <LineList>
      {variants.map((variant) => (
        <LineItem key={variant.variant_id} layout="spread">
          <span>
            <TextLink href={`/staff/variants/${variant.variant_id}#waitlist` as Route}>
              {variant.title}
            </TextLink>
            <Text as="span" tone="soft">
              {variant.option_values.map((value) => `, ${value}`)}
            </Text>
          </span>
          <Text as="span" figures>
            {waitedForListWords.people(variant.in_line)}
          </Text>
        </LineItem>
      ))}
    </LineList>
  )
}
