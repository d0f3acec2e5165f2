'use server'

import { z } from 'zod'
import { BadRequest, readRequest } from '@/lib/domain/core/bad-request'
import { type Dashboard, Range, ranges } from '@/lib/domain/insight/dashboard'
import { readDashboard } from '@/lib/server/insight/dashboard'
import { staffDoor } from '@/lib/server/session/doors'

const Ranges = z.array(Range).max(ranges.length)

/** The dashboards of some ranges as they are now: what an open page asks for again. Throws for who may not see them. */
export async function dashboardsNow(asked: readonly string[]): Promise<Dashboard[]> {
  const door = await staffDoor('viewer')
  if (!door.ok) throw new BadRequest(`dashboards: ${door.error.code}`)
  return Promise.all([...new Set(readRequest(Ranges, asked))].map(readDashboard))
}
