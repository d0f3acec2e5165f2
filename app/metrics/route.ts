import { connection } from 'next/server'
import { metricsOf } from '@/lib/domain/health/vitals'
import { reportHealth } from '@/lib/server/health/monitor'

/** The report of /readyz in the text format of Prometheus. Answered from memory. */
export async function GET(): Promise<Response> {
  await connection()
  return new Response(metricsOf(reportHealth()), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
  })
}
