import { Disclosure } from '@/components/ui/actions/disclosure'
import { Badge } from '@/components/ui/feedback/badge'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Row } from '@/components/ui/layout/row'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import type { Discount, ListedDiscount } from '@/lib/domain/checkout/discount'
import { formatMoney } from '@/lib/domain/core/money'
import { percent } from '@/lib/domain/text/percent'
import { DiscountForm } from './discount-form'
import { LiveUses } from './live-uses'
import { discountListWords as words } from './words'

/** The discounts with their uses, live; managers change them. Renders a `<section>`. */
export function DiscountList({
  discounts,
  categories,
  currency,
  mayChange,
  now,
}: {
  discounts: readonly ListedDiscount[]
  categories: readonly { slug: string; title: string }[]
  currency: string
  mayChange: boolean
  now: number
}) {
  return (
    <Section id="discounts" title={words.discounts} gap={3}>
      {discounts.length === 0 && <EmptyState>{words.none}</EmptyState>}
      <LineList>
        {discounts.map(({ discount, count, product }) => (
          <LineItem key={discount.id}>
            <Row align="baseline" gap="wide">
              <Text as="span" weight="medium">
                {discount.title}
              </Text>
              <Text as="span" figures>
                {discount.code ?? words.automatic}
              </Text>
              {stateOf(discount, now) && <Badge>{stateOf(discount, now)}</Badge>}
            </Row>
            <Text size="small" figures>
              {[valueWords(discount, currency), discount.category, product].filter(Boolean).join(' · ')}
              {count && ' · '}
              {count && <LiveUses first={count} />}
            </Text>
            {mayChange && (
              <Disclosure summary={words.change(discount.title)} look="inline">
                <DiscountForm
                  discount={discount}
                  product={product}
                  usesLimit={count?.uses_limit ?? null}
                  categories={categories}
                  currency={currency}
                />
              </Disclosure>
            )}
          </LineItem>
        ))}
      </LineList>
      {mayChange && (
        <Disclosure summary={words.add} look="button" open={discounts.length === 0}>
          <DiscountForm
            key={discounts.length}
            discount={null}
            product={null}
            usesLimit={null}
            categories={categories}
            currency={currency}
          />
        </Disclosure>
      )}
    </Section>
  )
}

function valueWords({ kind, percent_bp, amount_minor, minimum_minor }: Discount, currency: string): string {
  const money = (minor: number) => formatMoney({ minor, currency })
  const value =
    kind === 'free_delivery'
      ? words.freeDelivery
      : words.off(kind === 'percent' ? percent(percent_bp ?? 0) : money(amount_minor ?? 0))
  return minimum_minor > 0 ? `${value} ${words.from(money(minimum_minor))}` : value
}

function stateOf({ active, starts_at, ends_at }: Discount, now: number): string | null {
  if (!active) return words.inactive
  if (ends_at && Date.parse(ends_at) <= now) return words.ended
  return starts_at && Date.parse(starts_at) > now ? words.upcoming : null
}
