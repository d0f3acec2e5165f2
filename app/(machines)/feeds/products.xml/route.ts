import { connection } from 'next/server'
import { productFeed } from '@/lib/server/machines/feeds'
import { sendKeptFile } from '@/lib/server/machines/kept-file'

/** Every variant on sale as a Google Merchant product feed. */
export async function GET(): Promise<Response> {
  await connection()
  return sendKeptFile('products', productFeed)
}
