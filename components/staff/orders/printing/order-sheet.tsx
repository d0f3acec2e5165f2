import { locationName } from '@/components/staff/shell/words'
import { Sheet, SheetLines } from '@/components/ui/data/sheet'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { countryName } from '@/lib/domain/checkout/country-name'
import { shopDay } from '@/lib/domain/core/shop-time'
import type { Order } from '@/lib/domain/orders/order'
import type { DeskOrder, PickLine } from '@/lib/domain/orders/order-desk'
import { parcelsOf } from '@/lib/domain/orders/parcels'
import { type SheetChoice, slipLines } from '@/lib/domain/orders/sheets'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { Shop } from '@/lib/domain/settings/shop'
import type { Location } from '@/lib/domain/stock/place'
import { inSentence } from '@/lib/domain/stock/place-name'
import { Receipt } from './receipt'
import { sheetWords as words } from './words'

interface Printed {
  desk: DeskOrder
  shop: Shop
  locations: readonly Location[]
}

/** One sheet of an order in its format: packing slip, pick list, delivery label or receipt. Renders an `<article>`. */
export function OrderSheet({ chosen: { sheet, format }, ...printed }: Printed & { chosen: SheetChoice }) {
  const Content = { slip: PackingSlip, pick: PickSheet, label: DeliveryLabel, receipt: Receipt }[sheet]
  return (
    <Sheet format={format} label={words[sheet]}>
      <Content {...printed} />
    </Sheet>
  )
}

/** Without prices: the parcel may be a present. */
function PackingSlip({ desk: { order }, shop, locations }: Printed) {
  return (
    <>
      <Stack gap={1}>
        <Text weight="strong">{shop.name}</Text>
        <Text>{shop.address}</Text>
      </Stack>
      <OrderTitle order={order} title={words.slip} />
      <Recipient order={order} locations={locations} />
      <SheetLines>
        {slipLines(order).map((item) => (
          <li key={item.id}>
            <Text as="span" figures>
              {item.units} ×
            </Text>
            <span>
              {nameOf(item)}
              <Text as="span" block>
                {item.sku}
              </Text>
            </span>
          </li>
        ))}
      </SheetLines>
      <Text>{words.thanks(shop.name)}</Text>
    </>
  )
}

function PickSheet({ desk: { order, lines }, locations }: Printed) {
  const left = lines.filter(({ quantity, picked }) => quantity > picked)
  const places = Map.groupBy(left, ({ location_id }) => location_id)
  return (
    <>
      <OrderTitle order={order} title={words.pick} />
      {left.length === 0 && <Text>{words.nothing}</Text>}
      {[...places].map(([place, at]) => (
        <Stack as="section" gap={1} key={place}>
          <Heading level={2} size="plain">
            {locationName(place, locations)}
          </Heading>
          <SheetLines>
            {at.map((line) => (
              <PickSheetLine key={line.order_item_id} line={line} />
            ))}
          </SheetLines>
        </Stack>
      ))}
    </>
  )
}

function PickSheetLine({ line }: { line: PickLine }) {
  return (
    <li>
      <Text as="span" figures>
        ☐ {line.quantity - line.picked}
      </Text>
      <span>
        {nameOf(line)}
        <Text as="span" block>
          {[line.sku, line.barcode].filter(Boolean).join(' · ')}
        </Text>
      </span>
    </li>
  )
}

function DeliveryLabel({ desk: { order }, shop }: Printed) {
  const { address } = order
  const parcel = parcelsOf(order).at(-1)
  return (
    <>
      <Stack gap={1}>
        <Text>{words.from}</Text>
        <Text>
          {[shop.name, shop.address, shop.country && countryName(shop.country)].filter(Boolean).join(', ')}
        </Text>
      </Stack>
      <Stack gap={1}>
        <Heading level={1} size="plain">
          {words.to}
        </Heading>
        {address && (
          <Text size="lead" weight="strong">
            {order.name}
            <br />
            {address.line1}
            <br />
            {address.postcode} {address.city}
            <br />
            {countryName(address.country).toUpperCase()}
          </Text>
        )}
        {order.phone && <Text>{order.phone}</Text>}
      </Stack>
      <Text figures>
        {[words.order(order.number), parcel?.carrier, parcel?.trackingNumber].filter(Boolean).join(' · ')}
      </Text>
    </>
  )
}

function OrderTitle({ order, title }: { order: Order; title: string }) {
  return (
    <Stack gap={1}>
      <Heading level={1} size="plain">
        {title}
      </Heading>
      <Text figures>
        {words.order(order.number)}. {words.ordered(shopDay(order.created_at))}
      </Text>
    </Stack>
  )
}

function Recipient({ order, locations }: { order: Order; locations: readonly Location[] }) {
  const { address } = order
  return (
    <Stack gap={1}>
      <Text>
        {address ? words.deliverTo : words.collectAt(inSentence(locationName(order.collect_at, locations)))}
      </Text>
      <Text weight="strong">{order.name}</Text>
      {address && (
        <Text>
          {address.line1}, {address.postcode} {address.city}, {countryName(address.country)}
        </Text>
      )}
    </Stack>
  )
}
