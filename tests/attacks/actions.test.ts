import { beforeAll, expect, test } from 'vitest'
import { shopUrl, staffCookie } from './support/api'
import { actionIds, visit } from './support/server'

// Every server action is an address that any program can post anything to. With any arguments it answers, refuses or
// leads elsewhere; it never fails.

const deep = (depth: number): unknown => (depth === 0 ? 'end' : { next: deep(depth - 1), list: [depth] })

/** Arguments as a script sends them: one value is the one argument of a form or an id. */
const junk: Record<string, unknown[]> = {
  nothing: [],
  null: [null, null],
  'a string': ['junk', 'junk'],
  'a number': [-1, 1e308],
  'a truth': [true, false],
  'an empty list': [[], []],
  'a list of numbers': [[1, null, 'x', [], {}]],
  'an empty object': [{}, {}],
  'a form that is none': [{ get: 'x', entries: [], length: 5 }, { get: null }],
  'a deep object': [deep(200), deep(200)],
  'a long string': ['x'.repeat(100_000)],
  'a long list': [Array(10_000).fill({ id: 'x' })],
}

/** Forms as a script sends them, as the fields of the one argument. */
const forms: Record<string, [string, string][]> = {
  'an empty form': [],
  'a form of junk': [
    ['base', '{'],
    ['mine', '[1]'],
    ['secret', '\u0000'],
    ['next', '//x'],
    ['email', 'x'.repeat(5000)],
    ['order_id', 'x'],
    ['idempotency_key', 'x'],
    ['import_id', '%'],
    ['quantity', '1e999'],
    ['variant_id', '\ud800'],
    ['__proto__', 'x'],
    ['constructor', 'x'],
  ],
  'a form of too many fields': Array.from({ length: 3_000 }, (_, n) => [`f${n}`, 'x']),
}

let cookies: [who: string, cookie: string][] = []
beforeAll(async () => {
  cookies = [
    ['a visitor', ''],
    ['a manager', await staffCookie('manager')],
  ]
})

async function callAction(id: string, body: string | FormData, cookie: string) {
  const request = new Request(shopUrl(), { method: 'POST', body })
  const type = request.headers.get('content-type') ?? 'text/plain;charset=UTF-8'
  return visit('/', {
    method: 'POST',
    headers: { 'next-action': id, 'content-type': type, origin: shopUrl(), ...(cookie && { cookie }) },
    body: await request.text(),
  })
}

/** A form as the one argument, as React encodes it. */
function encoded(fields: [string, string][]): FormData {
  const body = new FormData()
  for (const [name, value] of fields) body.append(`1_${name}`, value)
  body.append('0', '["$K1"]')
  return body
}

test('no server action fails, with any arguments', { timeout: 300_000 }, async () => {
  const failed: string[] = []
  for (const [who, cookie] of cookies) {
    for (const [name, id] of actionIds()) {
      const bodies: [string, string | FormData][] = [
        ...Object.entries(junk).map(([kind, args]): [string, string] => [kind, JSON.stringify(args)]),
        ...Object.entries(forms).map(([kind, fields]): [string, FormData] => [kind, encoded(fields)]),
      ]
      const answers = await Promise.all(
        bodies.map(async ([kind, body]) => ({ kind, ...(await callAction(id, body, cookie)) })),
      )
      for (const { kind, status, text } of answers) {
        if (status >= 500 || status === 404 || /\n\s+at \w.*:\d+:\d+/.test(text))
          failed.push(`${name} by ${who} with ${kind}: ${status}`)
      }
    }
  }
  expect(failed).toEqual([])
})
