import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { startStorage } from '#storage/storage'
import { aFolder } from '#tests/stack/support/stack-process'
import { API, member, outsider, service } from '#tests/stack/support/storage'

const PNG = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])

test('a file comes back as it was uploaded, with its type and cache control', async () => {
  const { storage } = member()
  const name = `a/${crypto.randomUUID()}.png`
  const options = { contentType: 'image/png', cacheControl: '31536000, immutable' }

  const { data, error } = await storage.from('covers').upload(name, PNG, options)

  expect(error).toBeNull()
  expect(data).toMatchObject({ path: name, fullPath: `covers/${name}`, id: expect.any(String) })
  const shown = await fetch(outsider.from('covers').getPublicUrl(name).data.publicUrl)
  expect(shown.status).toBe(200)
  expect(shown.headers.get('content-type')).toBe('image/png')
  expect(shown.headers.get('cache-control')).toBe('max-age=31536000, immutable')
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(PNG)
  const again = await fetch(shown.url, { headers: { 'if-none-match': shown.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
})

test('a form, a stream and a buffer are the same upload', async () => {
  const { storage } = member()
  const contentType = 'image/png'
  const bodies = [new Blob([PNG], { type: contentType }), new Response(PNG).body ?? '', Buffer.from(PNG)]
  for (const body of bodies) {
    const name = `${crypto.randomUUID()}.png`
    const { error } = await storage
      .from('covers')
      .upload(name, body, { contentType, metadata: { by: 'Ada' } })
    expect(error).toBeNull()
    expect((await service.from('covers').info(name)).data).toMatchObject({
      size: PNG.length,
      contentType,
      metadata: { by: 'Ada' },
    })
    expect((await service.from('covers').exists(name)).data).toBe(true)
  }
})

test('an object is replaced only on request, and then whole', async () => {
  const { id, storage } = member()
  const name = `${id}/note.txt`
  const letters = storage.from('letters')
  await letters.upload(name, 'first')

  expect((await letters.upload(name, 'second')).error).toMatchObject({
    status: 400,
    statusCode: '409',
    message: 'The resource already exists',
  })
  expect((await letters.upload(name, 'third', { upsert: true })).error).toBeNull()
  expect(await (await letters.download(name)).data?.text()).toBe('third')
  expect((await letters.update(name, 'fourth')).error).toBeNull()
  expect(await (await letters.download(name)).data?.text()).toBe('fourth')
  expect((await letters.update(`${id}/none.txt`, 'x')).error).toMatchObject({ statusCode: '404' })
})

test('uploads of one name at the same time leave one object and one file', async () => {
  const { id, storage } = member()
  const letters = storage.from('letters')
  const sent = await Promise.all(
    Array.from({ length: 8 }, (_, n) => letters.upload(`${id}/race.txt`, `${n}`)),
  )

  expect(sent.filter(({ error }) => error === null)).toHaveLength(1)
  expect((await letters.list(id)).data).toHaveLength(1)
})

test('a wrong type and a body beyond the limit are refused, whatever its headers say', async () => {
  const { id, storage } = member()
  const covers = storage.from('covers')
  const big = new Uint8Array(1_000_001)
  const png = { contentType: 'image/png' }

  expect((await covers.upload('a.svg', '<svg/>', { contentType: 'image/svg+xml' })).error).toMatchObject({
    statusCode: '415',
    message: 'mime type image/svg+xml is not supported',
  })
  const tooLarge = { statusCode: '413', message: 'The object exceeded the maximum allowed size' }
  expect((await covers.upload('big.png', big, png)).error).toMatchObject(tooLarge)
  // Without a Content-Length, so that only the count can tell.
  expect((await covers.upload('big.png', new Blob([big]).stream(), png)).error).toMatchObject(tooLarge)
  expect((await covers.upload('big.png', new Blob([big], { type: 'image/png' }))).error).toMatchObject(
    tooLarge,
  )
  const fifty = new Uint8Array(52_428_801)
  expect((await storage.from('letters').upload(`${id}/50MB`, fifty)).error).toMatchObject(tooLarge)
  expect((await service.from('covers').list('', { search: 'big' })).data).toEqual([])
})

test('an upload that breaks off leaves no object', async () => {
  const { id, token, storage } = member()
  const socket = connect(Number(new URL(API).port), '127.0.0.1')
  socket.write(
    `POST /storage/v1/object/letters/${id}/slow.txt HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
      'Content-Type: text/plain\r\nContent-Length: 1000\r\n\r\nhalf',
    () => socket.destroy(),
  )
  await new Promise((resolve) => socket.once('close', resolve))

  expect((await storage.from('letters').upload(`${id}/whole.txt`, 'whole')).error).toBeNull()
  expect((await storage.from('letters').list(id)).data).toMatchObject([{ name: 'whole.txt' }])
})

test('a body that stops arriving is refused and its connection ended', async () => {
  const { id, token, storage } = member()
  const folder = aFolder()
  const impatient = startStorage({ adminUrl: process.env.DB_URL ?? '', folder, idleMs: 50 })
  const server = createServer((request, response) =>
    impatient.handleRequest(request, response, new URL(request.url ?? '', 'http://x')),
  )
  onTestFinished(async () => {
    server.close()
    await impatient.stop()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const socket = connect(Object(server.address()).port, '127.0.0.1')
  socket.write(
    `POST /storage/v1/object/letters/${id}/slow.txt HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
      'Content-Type: text/plain\r\nContent-Length: 1000\r\n\r\nhalf',
  )

  expect(await text(socket)).toContain('"statusCode":"408"')
  expect((await storage.from('letters').list(id)).data).toEqual([])
  expect(readdirSync(folder)).toEqual([])
})
