import { parseArgs } from 'node:util'
import { startFakeStripe } from '#start'

// npx fake-stripe [--port N] [--webhook URL]: until Ctrl-C. Prints the settings of an official client.
const { values } = parseArgs({ options: { port: { type: 'string' }, webhook: { type: 'string' } } })
const fake = await startFakeStripe({ port: Number(values.port ?? 12_111) })
if (values.webhook) fake.webhooks.sendTo(values.webhook)
for (const [name, value] of Object.entries(fake.env)) process.stdout.write(`${name}=${value}\n`)
