import { startGateway } from '@/local/api/gateway'
import { createLite } from '@/local/api/lite'
import { sendJson } from '@/local/api/node-http'
import { readConfig } from '@/local/config'
import { freePort } from '@/local/ports'

/** The Data API on sessions that take no changes, as all are after `alter database … set default_transaction_read_only`. */
export async function startReadOnlyApi(): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort()
  const lite = createLite(`${process.env.DATABASE_URL}?default_transaction_read_only=on`, readConfig())
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
