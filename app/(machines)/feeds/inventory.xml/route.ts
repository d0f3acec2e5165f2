import { connection } from 'next/server'
import { inventoryFeed } from '@/lib/server/machines/feeds'
import { sendKeptFile } from '@/lib/server/machines/kept-file'

/** Every variant by location as a Google Merchant local inventory feed. */
export async function GET(): Promise<Response> {
  await connection()
  return sendKeptFile('inventory', inventoryFeed)
}
