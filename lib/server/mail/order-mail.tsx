import 'server-only'
import {
  Body,
  Button,
  Column,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Preview,
  Row,
  Section,
  Text,
} from '@react-email/components'
import { formatMoney } from '@/lib/domain/core/money'
import type { DueMail } from '@/lib/domain/mail/mail'
import { cancelledMinor } from '@/lib/domain/orders/order-rules'
import { mailWords, sayings } from './words'

// The colours of app/globals.css, as the hex values that every mail program knows.
const ground = '#f5f6fa'
const raised = '#fdfdff'
const ink = '#1f2456'
const soft = '#4d5280'
const line = '#cfd2e2'
const fonts = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", sans-serif'

/** By night the colours change places, where a mail program lets them. */
const night = `:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .ground, .ground > table > tbody > tr > td { background: #14162b !important; } .card { background: #1d2040 !important; }
  .ink { color: #eceef7 !important; } .soft { color: #b3b8d6 !important; }
  .action { background: #f2c14b !important; color: #14162b !important; }
}`

/**
 * An e-mail about an order, for every kind.
 *
 * @param shop the name of the shop.
 * @param link the address of the order's page; of a guest's order with its secret.
 */
export function OrderMail({ mail, shop, link }: { mail: DueMail; shop: string; link: string }) {
  const { order, kind } = mail
  const { heading, text, subject } = sayings(mail, shop)
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <style>{night}</style>
        <title>{subject}</title>
      </Head>
      <Preview>{text.join(' ')}</Preview>
      <Body
        className="ground"
        style={{ background: ground, fontFamily: fonts, margin: 0, padding: '24px 12px' }}
      >
        <Container
          className="card"
          style={{ background: raised, maxWidth: '560px', padding: '32px 28px', borderRadius: '3px' }}
        >
          <Text className="soft" style={{ ...body, color: soft, margin: 0 }}>
            {shop} · {mailWords.orderNumber(order.number)}
          </Text>
          <Heading
            className="ink"
            as="h1"
            style={{ color: ink, fontSize: '28px', lineHeight: '34px', margin: '8px 0 20px' }}
          >
            {heading}
          </Heading>
          <Text className="ink" style={body}>
            {mailWords.hello(order.name)}
          </Text>
          {text.map((paragraph) => (
            <Text key={paragraph} className="ink" style={body}>
              {paragraph}
            </Text>
          ))}
          <Section style={{ margin: '24px 0' }}>
            <Button
              className="action"
              href={link}
              style={{
                background: ink,
                color: '#fdfdff',
                padding: '13px 22px',
                fontSize: '16px',
                borderRadius: '3px',
              }}
            >
              {kind === 'payment_declined' ? mailWords.payNow : mailWords.viewOrder}
            </Button>
          </Section>
          <Items mail={mail} />
          <Where mail={mail} />
          {mail.order_token && (
            <Text className="soft" style={{ ...fine, marginTop: '24px' }}>
              {mailWords.secretLink}
            </Text>
          )}
        </Container>
      </Body>
    </Html>
  )
}

const body = { color: ink, fontSize: '16px', lineHeight: '25px', margin: '0 0 12px' } as const
const fine = { color: soft, fontSize: '13px', lineHeight: '19px', margin: '0' } as const
const figures = { ...body, margin: 0, textAlign: 'right', whiteSpace: 'nowrap' } as const

/** The items still in the order, with their prices. */
function Items({ mail: { order } }: { mail: DueMail }) {
  const money = (minor: number) => formatMoney({ minor, currency: order.currency })
  const items = order.items.filter(({ quantity, cancelled }) => quantity > cancelled)
  if (items.length === 0) return null
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
      <Row>
        <Column>
          <Text className="ink" style={{ ...body, fontWeight: 600, margin: 0 }}>
            {mailWords.total}
          </Text>
        </Column>
        <Column align="right">
          <Text className="ink" style={{ ...figures, fontWeight: 600 }}>
            {money(order.total_minor - cancelledMinor(order))}
          </Text>
        </Column>
      </Row>
      {cancelledMinor(order) === 0 && (
        <Text className="soft" style={{ ...fine, textAlign: 'right' }}>
          {mailWords.vat(money(order.tax_minor))}
        </Text>
      )}
    </Section>
  )
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' })

function Where({ mail: { order, collect_at, kind } }: { mail: DueMail }) {
  if (kind === 'order_cancelled' || kind === 'order_refunded') return null
  const { address } = order
  const lines = address
    ? [order.name, address.line1, `${address.postcode} ${address.city}`, countryNames.of(address.country)]
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
