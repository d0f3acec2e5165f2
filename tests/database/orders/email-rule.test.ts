import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Email } from '@/lib/domain/text/email'
import { connect } from '@/tests/support/database'

const sql = connect(1)
afterAll(() => sql.end())

const acceptedByForms = (text: string): boolean => Email.safeParse(text).success

async function acceptedBySql(texts: readonly string[]): Promise<boolean[]> {
  const rows = await sql<{ is_email: boolean }[]>`
    select private.email_in(to_jsonb(text)) is not null as is_email
    from unnest(${[...texts]}::text[]) with ordinality as asked (text, n) order by n`
  return rows.map(({ is_email }) => is_email)
}

test.each([
  // Browsers write a domain in ASCII; other clients send it as typed.
  'anna@bücher.example',
  'anna@xn--bcher-kva.example',
  'søren@køb.example',
  '李雷@例え.テスト',
  'почта@пример.испытание',
  "o'brien+shop@mail.example.co.uk",
  ' anna@mail.example ',
])('%s can order', async (address) => {
  expect(acceptedByForms(address)).toBe(true)
  expect(await acceptedBySql([address])).toEqual([true])
})

test.each([
  'anna',
  'anna@mail',
  'anna@mail.',
  '@mail.example',
  'anna@mail..example',
  'anna@mail.example, ben@mail.example',
  'Anna <anna@mail.example>',
  'anna@mail.example\r\nBcc: ben@mail.example',
  'an\u200bna@mail.example',
  'anna@mail\u202e.example',
  `${'a'.repeat(250)}@mail.example`,
])('%s cannot', async (address) => {
  expect(acceptedByForms(address)).toBe(false)
  expect(await acceptedBySql([address])).toEqual([false])
})

test('the database takes every address that a form takes', async () => {
  const odd = fc.oneof(
    fc.constantFrom(...'+\'"<>()[],;: \t\\/%_é字'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  )
  const character = fc.oneof(
    { arbitrary: fc.constantFrom(...'ab.-1'), weight: 9 },
    { arbitrary: odd, weight: 1 },
  )
  const part = fc.string({ unit: character, minLength: 1, maxLength: 4 })
  const address = fc.tuple(part, part, part).map(([name, host, end]) => `${name}@${host}.${end}`)
  const offered = fc
    .sample(address, { seed: 14, numRuns: 2_000 })
    .flatMap((each) => Email.safeParse(each).data ?? [])
  expect(offered.length).toBeGreaterThan(100)

  const answers = await acceptedBySql(offered)
  expect(offered.filter((_, n) => !answers[n])).toEqual([])
})
