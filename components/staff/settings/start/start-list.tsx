import type { Route } from 'next'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { startWords } from './start-words'

export type StartStep = keyof typeof startWords.steps

const addresses: Record<StartStep, Route | null> = {
  name: '/staff/settings/shop',
  location: '/staff/settings/locations',
  product: '/staff/products/new',
  stock: '/staff/receive',
  payment: '/staff/settings/locations',
  mail: null,
}

/** The steps until the shop can sell, done or not, each a link to the page that does it. Renders an `<ol>`. */
export function StartList({ steps }: { steps: Record<StartStep, boolean> }) {
  const names = Object.keys(startWords.steps) as StartStep[]
  return (
    <LineList as="ol">
      {names.map((step) => {
        const { title, about } = startWords.steps[step]
        const href = addresses[step]
        return (
          <LineItem key={step} layout="spread">
            <Stack gap={1}>
              {href && !steps[step] ? (
                <TextLink tone="link" href={href}>
                  {title}
                </TextLink>
              ) : (
                <span>{title}</span>
              )}
              {!steps[step] && (
                <Text size="small" tone="soft">
                  {about}
                </Text>
              )}
            </Stack>
            <Text size="small" tone={steps[step] ? 'soft' : 'low'}>
              {steps[step] ? startWords.done : startWords.toDo}
            </Text>
          </LineItem>
        )
      })}
    </LineList>
  )
}
