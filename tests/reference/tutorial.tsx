'use client'

import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { useEffect, useState } from 'react'
import type { Contender, PageProps } from '@/tests/faults/support/faults/contender'

/**
 * What Supabase's guides show for a number that follows the database: "Using Realtime with Next.js" (the server
 * fetches, the component puts that into state, subscribes in an effect, and sets state with each payload) and "Postgres
 * Changes" (UPDATE events of one table with a filter). Nothing is left out that they have, and nothing is added.
 */
function useRow<Row>(
  supabase: SupabaseClient,
  { table, filter, serverRow }: { table: string; filter: string; serverRow: Row },
): Row {
  const [row, setRow] = useState(serverRow)

  useEffect(() => {
    setRow(serverRow)
  }, [serverRow])

  useEffect(() => {
    const channel = supabase
      .channel('stock')
      .on('postgres_changes', { event: 'UPDATE', schema: 'public', table, filter }, (payload) => {
        setRow(payload.new as Row)
      })
      .subscribe()
    return () => {
      void supabase.removeChannel(channel)
    }
  }, [supabase, table, filter])

  return row
}

function useSupabase({ settings, accessToken }: PageProps): SupabaseClient {
  const [supabase] = useState(() =>
    createClient(
      settings.supabaseUrl,
      settings.publishableKey,
      // A shop keeps one client; these pages come and go within one browser.
      accessToken ? { accessToken } : { auth: { storageKey: crypto.randomUUID() } },
    ),
  )
  return supabase
}

export const tutorial: Contender = {
  name: 'Tutorial',

  ShopPage: function ShopPage(props) {
    const { left } = useRow(useSupabase(props), {
      table: 'shelf',
      filter: `variant_id=eq.${props.goods.variantId}`,
      serverRow: props.served,
    })
    return <p>{String(left)} left</p>
  },

  StaffPage: function StaffPage(props) {
    const { on_hand } = useRow(useSupabase(props), {
      table: 'stock_levels',
      filter: `variant_id=eq.${props.goods.variantId}`,
      serverRow: props.served,
    })
    return <p>{String(on_hand)} left</p>
  },
}
