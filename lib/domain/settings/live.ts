import { z } from 'zod'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { rowsOf } from '@/lib/domain/stock/live'

const SettingsPulse = z.object({ only_row: z.boolean(), version: z.int() })

const settings: LiveSource<z.infer<typeof SettingsPulse>> = {
  table: 'shop_settings',
  ...rowsOf(SettingsPulse),
  by: 'only_row',
  id: () => 'settings',
  version: (row) => row.version,
}

/** The version of the settings, for pages that show them. */
export const settingsPulse: LiveQuery<z.infer<typeof SettingsPulse>> = liveQuery(settings, ['true'])
