import 'server-only'
import { Body, Button, Container, Head, Heading, Html, Preview, Section, Text } from '@react-email/components'
import type { ReactNode } from 'react'
import { body, fine, fonts, ground, ink, night, raised, soft } from './mail-looks'

/**
 * The frame of every e-mail: the shop, a heading, paragraphs, a link as a button, and what follows it.
 *
 * @param about beside the name of the shop, such as the number of an order.
 */
export function MailFrame({
  subject,
  shop,
  about,
  heading,
  text,
  preview,
  link,
  action,
  note,
  children,
}: {
  subject: string
  shop: string
  about?: string
  heading: string
  text: readonly string[]
  /** The beginning in a list of e-mails, where it is not the text. */
  preview?: string
  link: string
  /** The text of the link. */
  action: string
  /** A last paragraph, in small letters. */
  note?: string | false | null
  children?: ReactNode
}) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <style>{night}</style>
        <title>{subject}</title>
      </Head>
      <Preview>{preview ?? text.join(' ')}</Preview>
      <Body
        className="ground"
        style={{ background: ground, fontFamily: fonts, margin: 0, padding: '24px 12px' }}
      >
        <Container
          className="card"
          style={{ background: raised, maxWidth: '560px', padding: '32px 28px', borderRadius: '3px' }}
        >
          <Text className="soft" style={{ ...body, color: soft, margin: 0 }}>
            {[shop, about].filter(Boolean).join(' · ')}
          </Text>
          <Heading
            className="ink"
            as="h1"
            style={{ color: ink, fontSize: '28px', lineHeight: '34px', margin: '8px 0 20px' }}
          >
            {heading}
          </Heading>
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
              {action}
            </Button>
          </Section>
          {children}
          {note && (
            <Text className="soft" style={{ ...fine, marginTop: '24px' }}>
              {note}
            </Text>
          )}
        </Container>
      </Body>
    </Html>
  )
}
