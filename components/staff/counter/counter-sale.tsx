'use client'

import type { Route } from 'next'
import { useState } from 'react'
import { FormStatus } from '@/components/staff/forms/form-status'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { Button, LinkButton } from '@/components/ui/actions/button'
import { Sum } from '@/components/ui/data/sum'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { Notice } from '@/components/ui/feedback/notice'
import { SelectField } from '@/components/ui/forms/text-field'
import { Columns } from '@/components/ui/layout/columns'
import { Row } from '@/components/ui/layout/row'
import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { TextLink } from '@/components/ui/text/text-link'
import { formatMoney } from '@/lib/domain/core/money'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Location } from '@/lib/domain/stock/place'
import { SaleLines } from './sale-lines'
import { ScanItem } from './scan-item'
import { type CounterSale as Counter, type Sale, useCounterSale } from './use-counter-sale'
import { counterWords as words } from './words'

/** A walk-in sale: scan items, take the money, hand over. Renders two columns. */
export function CounterSale({ locations }: { locations: readonly Location[] }) {
  const [here, setHere] = useState(locations[0]?.id ?? '')
  const sale = useCounterSale(here)
  return (
    <Columns ratio="3:2">
      <Stack gap={6} atTop>
        <ScanItem onFound={(variantId) => sale.add(variantId)} />
        <Section id="items" title={words.items}>
          {sale.quote ? (
            <SaleLines quote={sale.quote} lines={sale.lines} onChange={sale.add} />
          ) : (
            <EmptyState>{words.empty}</EmptyState>
          )}
          <FormStatus form={sale.quoting} look="line" busy={words.updating} locations={locations} />
        </Section>
      </Stack>
      <Stack gap={6} atTop>
        {locations.length > 1 && (
          <SelectField
            id="location"
            label={words.location}
            value={here}
            onChange={(event) => setHere(event.currentTarget.value)}
          >
            {locations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        <TakeMoney sale={sale} locationId={here} />
        <Sold sale={sale.sold} />
      </Stack>
    </Columns>
  )
}

/** The total, and the buttons that take it. Renders a `<form>`, or nothing without items. */
function TakeMoney({ sale, locationId }: { sale: Counter; locationId: string }) {
  const { quote, selling } = sale
  const isReady = sale.isCurrent && !selling.isPending
  if (!quote) return <FormStatus form={selling} words={saleRefusalWords} />
  const money = (minor: number) => formatMoney({ minor, currency: quote.currency })
  return (
    <Stack as="form" gap={4} {...selling.props} aria-label={words.total}>
      <input type="hidden" name="location_id" value={locationId} />
      <input type="hidden" name="lines" value={JSON.stringify(sale.lines)} />
      <input type="hidden" name="expected_total_minor" value={quote.total_minor} />
      <Stack gap={1}>
        {quote.discount_minor > 0 && (
          <>
            <Sum name={words.subtotal}>{money(quote.subtotal_minor)}</Sum>
            <Sum name={quote.discount_title ?? words.discount}>{money(-quote.discount_minor)}</Sum>
          </>
        )}
        <Sum name={words.total} size="title">
          {money(quote.total_minor)}
        </Sum>
        <Sum name={words.tax} size="small">
          {money(quote.tax_minor)}
        </Sum>
      </Stack>
      <Row>
        <Button kind="primary" size="tall" name="taken_as" value="cash" aria-disabled={!isReady}>
          {words.takeInCash(money(quote.total_minor))}
        </Button>
        <Button kind="primary" size="tall" name="taken_as" value="card" aria-disabled={!isReady}>
          {words.takeByCard(money(quote.total_minor))}
        </Button>
      </Row>
      <LinkButton onClick={sale.clear}>{words.clear}</LinkButton>
      <FormStatus form={selling} busy={words.selling} words={saleRefusalWords} />
    </Stack>
  )
}

function Sold({ sale }: { sale: Sale | null }) {
  return (
    <div role="status">
      {sale && (
        <Notice>
          <p>{words.sold(sale.number, formatMoney({ minor: sale.total_minor, currency: sale.currency }))}</p>
          <Row gap="wide">
            <TextLink
              tone="link"
              href={`/staff/orders/${sale.order_id}/print?sheet=receipt&format=roll` as Route}
            >
              {words.printReceipt}
            </TextLink>
            <TextLink tone="link" href={`/staff/orders/${sale.order_id}` as Route}>
              {words.openOrder}
            </TextLink>
          </Row>
        </Notice>
      )}
    </div>
  )
}

function saleRefusalWords(refusal: Refusal, locations: readonly Location[]): string {
  if (refusal.code === 'not_enough_left') return words.tooFew
  if (refusal.code === 'price_changed') return words.changed
  if (refusal.code === 'not_for_sale') return words.notForSale
  return refusalWords(refusal, locations)
}
