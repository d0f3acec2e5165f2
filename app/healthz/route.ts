import { connection } from 'next/server'

/** Whether this process answers: 200, whatever its database and Realtime do. For whoever restarts processes. */
export async function GET(): Promise<Response> {
  await connection()
  return new Response('ok\n', { headers: { 'cache-control': 'no-store' } })
}
