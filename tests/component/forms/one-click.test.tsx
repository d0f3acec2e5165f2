import { once } from 'node:events'
import { createServer } from 'node:http'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { expect, onTestFinished, test } from 'vitest'
import { type FormAction, useForm } from '@/lib/client/forms/use-form'
import { steadyFetch } from '@/lib/server/resilience/steady-fetch'

/** A database that breaks every connection, and counts the writes that reach it by their keys. */
async function aBreakingDatabase() {
  const keys: string[] = []
  const server = createServer((request) => {
    request.setEncoding('utf8').on('data', (key: string) => keys.push(key))
    request.on('end', () => request.socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}/rest/v1/rpc/adjust_stock`, keys }
}

function OneButton({ action }: { action: FormAction<null> }) {
  const form = useForm(action)
  return (
    <form {...form.props}>
      <button type="submit">Adjust</button>
      <p>{form.isUnanswered ? 'no answer' : 'waiting'}</p>
    </form>
  )
}

test('one click reaches the database at most four times, under one key', async () => {
  const { url, keys } = await aBreakingDatabase()
  // The two layers a change passes: the hook in the browser, and the fetch of the shop's server.
  const action: FormAction<null> = async (fields) => {
    await steadyFetch(url, { method: 'POST', body: String(fields.get('idempotency_key')) })
    return null
  }
  render(<OneButton action={action} />)

  await act(async () => fireEvent.click(screen.getByRole('button')))
  await screen.findByText('no answer', {}, { timeout: 15_000 })

  expect(keys).toHaveLength(4)
  expect(new Set(keys).size).toBe(1)
}, 20_000)
