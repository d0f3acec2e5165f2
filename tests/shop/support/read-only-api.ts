import { startGateway } from 'embedded-supabase/api/gateway'
import { createLite } from 'embedded-supabase/api/lite'
import { sendJson } from 'embedded-supabase/api/node-http'
import { readConfig } from 'embedded-supabase/config'
import { freePort } from 'embedded-supabase/ports'
import { ROOT } from '@/commands/root'

/** The Data API on sessions that take no changes, as all are after `alter database … set default_transaction_read_only`. */
export async function startReadOnlyApi(): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort()
  const lite = createLite(`${process.env.DATABASE_URL}?default_transaction_read_only=on`, readConfig(ROOT))
  const gateway = await startGateway(port, {
    authAdmin: async () => null,
    lite: lite.fetch,
    realtime: {
      handleRequest: async (_, response) => sendJson(response, 404, {}),
      handleUpgrade: (_, socket) => void socket.destroy(),
    },
  })
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      gateway.stop()
      await lite.stop()
    },
  }
}
