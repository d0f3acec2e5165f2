'use server'

import { z } from 'zod'
import { type Dashboard, Range } from '@/lib/domain/dashboard'
import { readDashboard } from '@/lib/server/dashboard'

/** The dashboards of some ranges as they are now: what an open page asks for again. */
export async function dashboardsNow(ranges: readonly string[]): Promise<Dashboard[]> {
  return Promise.all(z.array(Range).parse(ranges).map(readDashboard))
}
