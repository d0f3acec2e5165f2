import { type Json, jsonText, Written } from './json'

export type Random = (below: number) => number
export const pick = <T>(list: readonly T[], random: Random): T => list[random(list.length)] as T

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** The same value written in another way, as some parser would understand it. */
export function respelled(value: Json, random: Random): Json {
  if (typeof value === 'string') return pick(spellingsOf(value), random)
  if (typeof value === 'number') {
    return pick<Json>(
      [
        String(value),
        new Written(`${value}.0`),
        new Written(`${value}e0`),
        new Written(`${value * 10}e-1`),
        ` ${value} `,
        `+${value}`,
        [value],
      ],
      random,
    )
  }
  if (typeof value === 'boolean') return pick<Json>([String(value), value ? 't' : 'f', value ? 1 : 0], random)
  return value === null ? pick<Json>(['', 'null', {}, []], random) : jsonbText(value)
}

function spellingsOf(text: string): Json[] {
  if (UUID.test(text)) {
    return [text.toUpperCase(), `{${text}}`, text.replaceAll('-', ''), ` ${text}`, text.replace('-', '')]
  }
  // JSON text is the same value once as a string and once parsed.
  if (isJson(text)) return [new Written(text), new Written(text), new Written(text), ` ${text}`, `${text} `]
  return [
    `${text} `,
    ` ${text}`,
    text.toUpperCase(),
    text.normalize('NFD'),
    text.replace('a', '\u0430'),
    `${text}\u200b`,
  ]
}

function isJson(text: string): boolean {
  if (!/^[[{0-9]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** As jsonb prints it, with a blank after `:` and `,`. */
const jsonbText = (value: Json) => jsonText(value).replaceAll('":', '": ').replaceAll(',"', ', "')

const DEEP = 400
const deep = (open: string, close: string) => new Written(`${open.repeat(DEEP)}1${close.repeat(DEEP)}`)

const odd: readonly Json[] = [
  null,
  true,
  {},
  [],
  [[]],
  [null],
  '',
  ' ',
  0,
  -1,
  1,
  99,
  100,
  2_147_483_647,
  2_147_483_648,
  -2_147_483_649,
  new Written('9223372036854775807'),
  new Written('9223372036854775808'),
  new Written('1e308'),
  new Written('1e3'),
  new Written('1.5'),
  new Written('-0'),
  new Written('0.0000001'),
  'NaN',
  'Infinity',
  'infinity',
  '-infinity',
  'epoch',
  '0001-01-01 BC',
  '294276-12-31',
  '2026-02-30',
  '00000000-0000-0000-0000-000000000000',
  "'; drop table public.orders; --",
  '<script>alert(1)</script>',
  '%_\\',
  'a\u0000b',
  '\u0001\u0007\u001b[2J',
  '\u202eRTL \u05d0\u05d1',
  '\u{1f4a9}\u200d\u{1f469}\u{1f3fd}',
  '\ud800',
  'ａｄａ＠ｅｘａｍｐｌｅ．ｔｅｓｔ',
  'a\r\nBcc: x@y.test',
  { a: 1, b: [2, { c: null }] },
  ['a', 'a'],
  deep('[', ']'),
  deep('{"a":', '}'),
]

/** Something that has no business there. One in forty is large. */
export function spoiled(random: Random): Json {
  if (random(40) > 0) return pick(odd, random)
  const size = pick([10_000, 100_000, 900_000], random)
  return pick<Json>(
    [
      'x'.repeat(size),
      `A${' '.repeat(size)}`,
      Array.from({ length: Math.floor(size / 40) }, (_, n) => n),
      { junk: 'y'.repeat(size) },
    ],
    random,
  )
}
