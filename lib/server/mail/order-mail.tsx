import 'server-only'
import { Column, Hr, Link, Row, Section, Text } from '@react-email/components'
import { countryName } from '@/lib/domain/checkout/country-name'
import { formatMoney } from '@/lib/domain/core/money'
import type { DueOrderMail } from '@/lib/domain/mail/mail'
import { cancelledMinor } from '@/lib/domain/orders/order-rules'
import { parcelsOf } from '@/lib/domain/orders/parcels'
import { MailFrame } from './mail-frame'
import { body, figures, fine, ink, line } from './mail-looks'
import { mailWords, sayings } from './words'

/**
 * An e-mail about an order, for every kind.
 *
 * @param shop the name of the shop.
 * @param link the address of the order's page; of a guest's order with its secret.
 */
export function OrderMail({ mail, shop, link }: { mail: DueOrderMail; shop: string; link: string }) {
  const { order, kind } = mail
  const { heading, text, subject } = sayings(mail, shop)
  return (
    <MailFrame
      {...{ subject, shop, heading, link }}
      about={mailWords.orderNumber(order.number)}
      text={[mailWords.hello(order.name), ...text]}
      preview={text.join(' ')}
      action={
        order.status === 'awaiting_payment' && kind !== 'order_placed'
          ? mailWords.payNow
          : mailWords.viewOrder
      }
      note={mail.order_token && mailWords.secretLink}
    >
      <Travels mail={mail} />
      <Items mail={mail} />
      <Where mail={mail} />
    </MailFrame>
  )
}

/** How the units of this message travel, as far as it is known. */
function Travels({ mail: { kind, order, event } }: { mail: DueOrderMail }) {
  if (kind !== 'order_sent') return null
  const handOver = event.detail.hand_over ?? event.id
  const parcel = parcelsOf(order).find((each) => each.handOver === handOver)
  if (!parcel?.carrier) return null
  return (
    <Section style={{ margin: '0 0 24px' }}>
      <Text className="soft" style={fine}>
        {mailWords.sentWith}
      </Text>
      <Text className="ink" style={{ ...body, margin: 0 }}>
        {parcel.carrier}
      </Text>
      {parcel.trackingNumber && (
        <Text className="ink" style={{ ...body, margin: 0 }}>
          {parcel.link ? (
            <Link className="ink" href={parcel.link} style={{ color: ink, textDecoration: 'underline' }}>
              {mailWords.trackParcel(parcel.trackingNumber)}
            </Link>
          ) : (
            mailWords.trackingNumber(parcel.trackingNumber)
          )}
        </Text>
      )}
    </Section>
  )
}

/** The items still in the order, with their prices. */
function Items({ mail: { order } }: { mail: DueOrderMail }) {
  const money = (minor: number) => formatMoney({ minor, currency: order.currency })
  const items = order.items.filter(({ quantity, cancelled }) => quantity > cancelled)
  if (items.length === 0) return null
  const subtotal = items.reduce((sum, item) => sum + item.price_minor * (item.quantity - item.cancelled), 0)
  const discount = subtotal + order.delivery_minor - order.worth_minor
  return (
    <Section>
      <Hr style={{ borderColor: line, margin: '0 0 12px' }} />
      {items.map((item) => (
        <Row key={item.id} style={{ marginBottom: '8px' }}>
          <Column style={{ verticalAlign: 'top' }}>
            <Text className="ink" style={{ ...body, margin: 0 }}>
              {mailWords.quantity(item.quantity - item.cancelled)} {item.title}
            </Text>
            {item.option_values.length > 0 && (
              <Text className="soft" style={fine}>
                {item.option_values.join(' · ')}
              </Text>
            )}
          </Column>
          <Column align="right" style={{ verticalAlign: 'top' }}>
            <Text className="ink" style={figures}>
              {money(item.price_minor * (item.quantity - item.cancelled))}
            </Text>
          </Column>
        </Row>
      ))}
      <Hr style={{ borderColor: line, margin: '12px 0' }} />
      {discount > 0 && <Amount name={mailWords.discount} amount={money(-discount)} />}
      {order.delivery_minor > 0 && <Amount name={mailWords.delivery} amount={money(order.delivery_minor)} />}
      <Amount name={mailWords.total} amount={money(order.worth_minor)} weight={600} />
      {cancelledMinor(order) === 0 && (
        <Text className="soft" style={{ ...fine, textAlign: 'right' }}>
          {mailWords.vat(money(order.tax_minor))}
        </Text>
      )}
    </Section>
  )
}

/** A name and an amount at the two ends of a line. */
function Amount({ name, amount, weight = 400 }: { name: string; amount: string; weight?: number }) {
  return (
    <Row>
      <Column>
        <Text className="ink" style={{ ...body, fontWeight: weight, margin: 0 }}>
          {name}
        </Text>
      </Column>
      <Column align="right">
        <Text className="ink" style={{ ...figures, fontWeight: weight }}>
          {amount}
        </Text>
      </Column>
    </Row>
  )
}

function Where({ mail: { order, collect_at, kind } }: { mail: DueOrderMail }) {
  if (kind === 'order_cancelled' || kind === 'order_refunded') return null
  const { address } = order
  const lines = address
    ? [order.name, address.line1, `${address.postcode} ${address.city}`, countryName(address.country)]
    : [collect_at?.name, collect_at?.address]
  return (
    <Section style={{ marginTop: '24px' }}>
      <Text className="soft" style={fine}>
        {address ? mailWords.deliverTo : mailWords.collectFrom}
      </Text>
      {lines.filter(Boolean).map((text) => (
        <Text key={text} className="ink" style={{ ...body, margin: 0 }}>
          {text}
        </Text>
      ))}
    </Section>
  )
}
