import type { Route } from 'next'
import { WayBack } from '@/components/staff/shell/way-back'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { type InventoryEntry, optionsInWords } from '@/lib/domain/stock/inventory'
import { variantHeadingWords } from './words'

/** The variant of this page, with a link to its page in the shop. */
export function VariantHeading({ entry }: { entry: InventoryEntry }) {
  const options = optionsInWords(entry)
  const isOnSale = entry.status === 'active' && entry.active
  return (
    <Stack as="header" gap={2}>
      <WayBack href="/staff">{variantHeadingWords.inventory}</WayBack>
      <Heading level={1}>
        {entry.title}
        {options && (
          <Text as="span" tone="soft">
            , {options}
          </Text>
        )}
      </Heading>
      <p className="figures flex flex-wrap gap-x-5 text-small text-soft">
        <span>
          {variantHeadingWords.sku} {entry.sku}
        </span>
        {entry.barcode && (
          <span>
            {variantHeadingWords.barcode} {entry.barcode}
          </span>
        )}
        {isOnSale ? (
          <TextLink tone="link" href={`/products/${entry.handle}` as Route}>
            {variantHeadingWords.viewInShop}
          </TextLink>
        ) : (
          <span>{variantHeadingWords.notForSale}</span>
        )}
      </p>
    </Stack>
  )
}
