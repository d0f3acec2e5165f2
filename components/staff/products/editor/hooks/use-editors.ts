'use client'

import { type FocusEvent, useMemo, useState } from 'react'
import { usePresence } from '@/lib/client/live/hooks/use-presence'
import type { PresenceChannel } from '@/lib/domain/live/presence-rules'

interface Editor {
  name: string
  /** The field they are in; empty when in none. */
  field: string
}

/** Other editors of a product, and the field of each. */
export function useEditors(productId: string, name: string) {
  const [field, setField] = useState('')
  const channel = useMemo(() => channelOf(productId), [productId])
  const others = usePresence(channel, { name, field }).map(({ state }) => state)
  return {
    names: [...new Set(others.map((other) => other.name))].sort(),
    in: (asked: string) => others.find((other) => other.field === asked)?.name,
    /** For the form: says where this page is. */
    watch: {
      onFocus: ({ target }: FocusEvent<HTMLElement>) => setField(fieldAt(target)),
      onBlur: () => setField(''),
    },
  }
}

/** Pictures are one field. */
function fieldAt(target: Element): string {
  const name = target.getAttribute('name') ?? ''
  return name.startsWith('media.') ? 'media' : name
}

function channelOf(productId: string): PresenceChannel<Editor> {
  return {
    name: `product:${productId}`,
    parse: (candidate) => {
      const { name, field } = Object(candidate) as Record<string, unknown>
      return typeof name === 'string' && typeof field === 'string' ? { name, field } : null
    },
  }
}
