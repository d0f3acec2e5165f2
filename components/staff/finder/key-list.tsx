'use client'

import { Button } from '@/components/ui/actions/button'
import { Fact, Facts } from '@/components/ui/data/facts'
import { SideDialog } from '@/components/ui/feedback/side-dialog'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { keyListWords as words } from './words'

/** The keys of the staff tools. Renders a `<dialog>`. */
export function KeyList({ onClose }: { onClose: () => void }) {
  return (
    <SideDialog isOpen aria-label={words.title} onClose={onClose}>
      <Stack gap={4}>
        <Row gap={4} spread align="center">
          <Heading level={2} size="title">
            {words.title}
          </Heading>
          <Button type="button" onClick={onClose}>
            {words.close}
          </Button>
        </Row>
        <Facts layout="columns">
          {words.keys.map(([key, effect]) => (
            <Fact key={key} name={key}>
              {effect}
            </Fact>
          ))}
        </Facts>
      </Stack>
    </SideDialog>
  )
}
