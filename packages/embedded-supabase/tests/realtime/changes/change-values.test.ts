import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from '#tests/realtime/support/stage'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
  await stage.sql.unsafe(`
    create domain positive as int check (value > 0);
    create type pair as (x int, y text);
    create table rest (
      id int primary key, bits bit(3), varbits varbit, dom positive, p pair, nested int[][], bytes bytea[],
      money money, o oid, reg regclass, mac macaddr, x xml, ts tsvector, "Od d""" text
    );
    alter publication supabase_realtime add table rest;
  `)
})
afterAll(() => stage.close())

/** The JSON text of the record itself, so that digits JavaScript would lose are compared too. */
async function told(
  table: string,
  insert: string,
): Promise<{ record: Record<string, unknown>; text: string }> {
  const client = await stage.connect()
  await client.listen('realtime:room:1', [{ event: 'INSERT', schema: 'public', table }])
  let text = ''
  client.ws.on('message', (data) => {
    text = String(data)
  })
  await stage.sql.unsafe(insert)
  const [{ data }] = await client.changes(1)
  return { record: data.record, text }
}

test('24. every kind of value looks as it does at Supabase', async () => {
  const { record, text } = await told(
    'kinds',
    `insert into kinds values (1, 2, 4, 9223372036854775807, 1.5, 12345678901234567890.123456789, 1.5, 1e-7, 'é"', 'vc', 'abc',
      true, '2024-02-29 13:14:15.5', '2024-02-29 13:14:15.123456+02', '0044-03-15 BC', '13:14:15.123456', '13:14:15+02',
      '1 day 2 hours', '{"a": 1.0}', '{"b": [1, null], "a": 2}', 'AAAAAAAA-1111-4111-8111-111111111111',
      '{1,null,3}', '{"a b",NULL}', 'happy', '{sad,ok}', '\\xdeadbeef', '10.0.0.1/8', '(1,2)', '[1,5)')`,
  )

  expect(text).toContain('"i8":9223372036854775807')
  expect(text).toContain('"num":1.5000000000')
  expect(text).toContain('"num_any":12345678901234567890.123456789')
  expect(record).toMatchObject({
    i2: 2,
    i4: 4,
    f4: 1.5,
    f8: 1e-7,
    txt: 'é"',
    vc: 'vc',
    ch: 'a',
    b: true,
    ts: '2024-02-29T13:14:15.5',
    tstz: '2024-02-29T11:14:15.123456+00:00',
    d: '0044-03-15 BC',
    tm: '13:14:15.123456',
    tmtz: '13:14:15+02',
    iv: '1 day 02:00:00',
    j: { a: 1 },
    jb: { a: 2, b: [1, null] },
    u: 'aaaaaaaa-1111-4111-8111-111111111111',
    ia: [1, null, 3],
    ta: ['a b', null],
    m: 'happy',
    ma: ['sad', 'ok'],
    bin: 'deadbeef',
    ip: '10.0.0.1/8',
    pt: '(1,2)',
    r: '[1,5)',
  })
})

test('24. the less common kinds too', async () => {
  const { record } = await told(
    'rest',
    `insert into rest values (1, B'101', B'1011', 7, row(1, 'z'), '{{1,2},{3,4}}', '{"\\\\x01"}', 1234.5, 42, 'pg_class',
      '08:00:2b:01:02:03', '<a/>', 'a b', 'odd')`,
  )

  expect(record).toEqual({
    id: 1,
    bits: '1',
    varbits: '1011',
    dom: 7,
    p: { x: 1, y: 'z' },
    nested: [
      [1, 2],
      [3, 4],
    ],
    bytes: ['\\x01'],
    money: '$1,234.50',
    o: '42',
    reg: 'pg_class',
    mac: '08:00:2b:01:02:03',
    x: '<a/>',
    ts: "'a' 'b'",
    'Od d"': 'odd',
  })
})

test('24. nothing, not-a-number and infinity are null', async () => {
  const { record } = await told(
    'kinds',
    `insert into kinds (id, f4, f8, num_any, j) values (2, 'NaN', '-Infinity', 'NaN', 'null')`,
  )

  expect(record).toMatchObject({ id: 2, f4: null, f8: null, num_any: null, j: null, txt: null, ma: null })
})

test('24. text survives whatever is in it', async () => {
  const text = `it's "quoted" \\ back[slash]: 'x' new-tuple: id[integer]:1 \n\t ünï 🛒 (no-tuple-data) null`
  const client = await stage.connect()
  await client.listen('realtime:room:1', [{ event: '*', schema: 'public', table: 'plain' }])

  await stage.sql`insert into plain (room, body) values (${text}, 'null')`
  await stage.sql`update plain set body = ${text}, room = 'unchanged-toast-datum'`

  const [inserted, updated] = (await client.changes(2)).map(({ data }) => data.record)
  expect(inserted).toMatchObject({ room: text, body: 'null' })
  expect(updated).toMatchObject({ room: 'unchanged-toast-datum', body: text })
})

test('a value JSON cannot hold does not hide the row', async () => {
  const { record } = await told('kinds', `insert into kinds (id, j, txt) values (3, '{"a": "\\u0000"}', 'x')`)

  expect(record).toMatchObject({ id: 3, txt: 'x', j: '{"a": "\\u0000"}' })
})
