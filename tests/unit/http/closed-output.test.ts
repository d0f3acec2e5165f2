import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'

/** As Next does: what nobody catches is written to the output. */
const server = `
  import { tolerateClosedOutput } from '@/lib/server/platform/closed-output'
  tolerateClosedOutput()
  let uncaught = 0
  process.on('uncaughtException', (error) => {
    uncaught += 1
    console.error(error)
  })
  process.on('message', () => {
    console.error('a warning')
    // The first write has failed, and its error was emitted, before this one is called back.
    process.stderr.write('another', () => setImmediate(() => process.send?.(uncaught)))
  })
  process.send?.('ready')
`

test('a server whose output nobody reads continues, and writes nothing again and again', async () => {
  const args = ['--conditions', 'react-server', '--import', 'tsx', '--input-type', 'module', '--eval', server]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'message')
  child.stderr?.destroy()

  child.send('write')
  const [uncaught] = await once(child, 'message')

  expect(uncaught).toBe(0)
})
