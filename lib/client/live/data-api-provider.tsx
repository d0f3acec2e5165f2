'use client'

import type { ComponentProps } from 'react'
import { LiveProvider } from '@/lib/client/live/provider'
import { openDataApi } from '@/lib/client/live/transport/data-api'

/** A `LiveProvider` for pages that read tables by the Data API, which a shopper's page does not load. */
export function DataApiProvider(props: Omit<ComponentProps<typeof LiveProvider>, 'openDataApi'>) {
  return <LiveProvider {...props} openDataApi={openDataApi} />
}
