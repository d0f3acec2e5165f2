'use server'

import { z } from 'zod'
import { BadRequest, readRequest } from '@/lib/domain/core/bad-request'
import { type Dashboard, Range, ranges } from '@/lib/domain/insight/dashboard'
import { readDashboard } from '@/lib/server/insight/dashboard'
import { admitStaff } from '@/lib/server/session/admit'

const Ranges = z.array(Range).max(ranges.length)

/** The dashboards of some ranges as they are now: what an open page asks for again. Throws for who may not see them. */
export async function dashboardsNow(asked: readonly string[]): Promise<Dashboard[]> {
  const admitted = await admitStaff('viewer')
  if (!admitted.ok) throw new BadRequest(`dashboards: ${admitted.error.code}`)
  return Promise.all([...new Set(readRequest(Ranges, asked))].map(readDashboard))
}
