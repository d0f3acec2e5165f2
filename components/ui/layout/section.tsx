import type { ComponentPropsWithRef, ReactNode } from 'react'
import { Heading } from '@/components/ui/text/heading'
import { Stack } from './stack'

/** A part of a page under its heading, which names it. Renders a `<section>` with an `<h2>`. */
export function Section({
  id,
  title,
  gap = 4,
  width,
  atTop = false,
  children,
  ...props
}: Omit<ComponentPropsWithRef<'section'>, 'title' | 'aria-labelledby'> & {
  /** Of the heading. */
  id: string
  title: ReactNode
  gap?: 1 | 2 | 3 | 4 | 6
  width?: 'form'
  /** Stays at the top of a taller neighbour. */
  atTop?: boolean
}) {
  return (
    <Stack as="section" {...props} aria-labelledby={id} gap={gap} atTop={atTop} {...(width && { width })}>
      <Heading level={2} id={id}>
        {title}
      </Heading>
      {children}
    </Stack>
  )
}
