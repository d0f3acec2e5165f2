import { connection } from 'next/server'
import { reportHealth } from '@/lib/server/health/monitor'

/** Whether this server can do its work: 200 or 503, with each check (docs/deploy.md). Answered from memory. */
export async function GET(): Promise<Response> {
  await connection()
  const report = reportHealth()
  return Response.json(report, {
    status: report.ready ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
}
