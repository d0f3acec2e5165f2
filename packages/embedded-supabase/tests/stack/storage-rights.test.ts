import postgres from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import { KEYS, signJwt } from '#keys'
import { API, as, member, outsider, service } from '#tests/stack/support/storage'

test('policies decide who writes, reads, lists, signs and removes', async () => {
  const [owner, other] = [member(), member()]
  const name = `${owner.id}/letter.txt`
  const letters = owner.storage.from('letters')
  expect((await letters.upload(name, 'Dear Ada')).error).toBeNull()

  for (const caller of [other.storage.from('letters'), outsider.from('letters')]) {
    expect((await caller.upload(`${owner.id}/forged.txt`, 'x')).error).toMatchObject({
      statusCode: '403',
      message: 'new row violates row-level security policy for table "objects"',
    })
    expect((await caller.upload(name, 'x', { upsert: true })).error).not.toBeNull()
    expect((await caller.update(name, 'x')).error).toMatchObject({ statusCode: '404' })
    expect((await caller.download(name)).error).not.toBeNull()
    expect((await caller.list(owner.id)).data).toEqual([])
    expect((await caller.createSignedUrl(name, 60)).error).toMatchObject({ message: 'Object not found' })
    expect((await caller.remove([name])).data).toEqual([])
    expect((await caller.move(name, `${other.id}/mine.txt`)).error).toMatchObject({ statusCode: '404' })
    expect((await caller.copy(name, `${other.id}/mine.txt`)).error).toMatchObject({ statusCode: '404' })
  }
  expect((await letters.move(name, `${other.id}/gift.txt`)).error).toMatchObject({ statusCode: '403' })
  expect(await (await letters.download(name)).data?.text()).toBe('Dear Ada')

  expect((await letters.copy(name, `${owner.id}/copies/1.txt`)).data).toMatchObject({
    path: `letters/${owner.id}/copies/1.txt`,
  })
  expect((await letters.move(name, `${owner.id}/moved.txt`)).error).toBeNull()
  expect((await letters.list(owner.id)).data).toMatchObject([
    { name: 'copies', id: null },
    { name: 'moved.txt', metadata: { size: 8 } },
  ])
  expect((await letters.remove([`${owner.id}/moved.txt`, `${owner.id}/never.txt`])).data).toMatchObject([
    { name: `${owner.id}/moved.txt` },
  ])
  expect((await letters.download(`${owner.id}/moved.txt`)).error).toMatchObject({ status: 400 })
})

test('a signed URL opens one object, for its time and its purpose', async () => {
  const { id, storage } = member()
  const letters = storage.from('letters')
  const name = `${id}/a letter.txt`
  await letters.upload(name, 'Dear Ada')
  const { data } = await letters.createSignedUrl(name, 60, { download: 'ada.txt' })
  const url = data?.signedUrl ?? ''

  const opened = await fetch(url)
  expect(await opened.text()).toBe('Dear Ada')
  expect(opened.headers.get('content-disposition')).toContain('ada.txt')
  expect((await fetch(url.replace('a%20letter', 'b%20letter'))).status).toBe(400)
  expect((await fetch(url.replace(/token=.{20}/, 'token='))).status).toBe(400)
  const stale = signJwt({ url: `letters/${name}`, exp: 1_700_000_000 })
  const expired = await fetch(url.replace(/token=.*/, `token=${stale}`))
  expect(await expired.json()).toMatchObject({ error: 'InvalidJWT', statusCode: '400' })
  // The token of a session is none of an object.
  expect((await fetch(url.replace(/token=.*/, `token=${KEYS.serviceRoleJwt}`))).status).toBe(400)
  expect((await letters.createSignedUrls([name, `${id}/none.txt`], 60)).data).toMatchObject([
    { error: null, signedUrl: expect.stringContaining('token=') },
    { error: expect.stringContaining('does not exist'), signedUrl: null },
  ])
  expect((await letters.createSignedUrl(name, 0)).error).not.toBeNull()
  const token = new URL(url).searchParams.get('token') ?? ''
  expect((await outsider.from('letters').uploadToSignedUrl(name, token, 'forged')).error).not.toBeNull()
})

test('a signed upload URL takes one upload from a caller without rights', async () => {
  const { id, storage } = member()
  const name = `${id}/sent.txt`
  const { data } = await storage.from('letters').createSignedUploadUrl(name)
  const letters = outsider.from('letters')

  expect((await letters.uploadToSignedUrl(`${id}/x.txt`, data?.token ?? '', 'x')).error).not.toBeNull()
  expect((await letters.uploadToSignedUrl(name, data?.token ?? '', 'sent')).error).toBeNull()
  const read = await fetch(`${API}/storage/v1/object/sign/letters/${name}?token=${data?.token}`)
  expect(await read.json()).toMatchObject({ error: 'InvalidSignature' })
  expect((await letters.uploadToSignedUrl(name, data?.token ?? '', 'twice')).error).toMatchObject({
    statusCode: '409',
  })
  expect((await letters.createSignedUploadUrl(name)).error).toMatchObject({ statusCode: '403' })
})

test('hostile names are refused or are names, never paths', async () => {
  const { id, token, storage } = member()
  const refused = ['ü.txt', 'a\0b.txt', 'a\\b.txt', 'a%2fb.txt', 'a#b', 'a\nb', '<b>', 'x'.repeat(1100)]
  for (const name of refused) {
    const path = `letters/${id}/${encodeURIComponent(name)}`
    const { status } = await fetch(`${API}/storage/v1/object/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, apikey: KEYS.publishable },
      body: 'x',
    })
    expect([name, status]).toEqual([name, 400])
  }
  for (const encoded of ['..%2f..%2fetc%2fpasswd', '%2e%2e%2fx', '..%2f..%2f..%2fpostgres%2fPG_VERSION']) {
    const read = await fetch(`${API}/storage/v1/object/public/covers/${encoded}`)
    expect([encoded, read.status]).toEqual([encoded, 400])
  }
  expect((await storage.from('letters').upload(`${id}/..%2fmine.txt`, 'x')).error).toBeNull()
  expect((await storage.from('letters').list(id)).data).toMatchObject([{ name: '..', id: null }])
  expect((await storage.from('letters').list(`${id}/..`)).data).toMatchObject([{ name: 'mine.txt' }])
  expect((await service.from('letters').remove(["' or true --", '%'])).data).toEqual([])
})

test('buckets are made, changed, emptied and deleted by the service alone', async () => {
  const id = `b-${crypto.randomUUID()}`
  expect((await member().storage.createBucket(id)).error).toMatchObject({ statusCode: '403' })
  expect((await service.createBucket(id, { public: false, fileSizeLimit: '1KB' })).data).toEqual({ name: id })
  expect((await service.createBucket(id)).error).toMatchObject({ statusCode: '409' })
  expect((await outsider.from(id).upload('a.txt', 'a')).error).toMatchObject({ statusCode: '403' })
  expect((await service.from(id).upload('a.txt', 'a')).error).toBeNull()
  expect((await service.from(id).upload('b.txt', 'b'.repeat(1001))).error).toMatchObject({
    statusCode: '413',
  })
  expect((await service.updateBucket(id, { public: true })).error).toBeNull()
  expect((await service.getBucket(id)).data).toMatchObject({ id, public: true, file_size_limit: 1000 })
  expect((await service.listBuckets()).data?.map((bucket) => bucket.id)).toContain(id)
  expect((await outsider.getBucket(id)).error).toMatchObject({ statusCode: '404' })
  expect((await service.deleteBucket(id)).error).toMatchObject({ statusCode: '409' })
  expect((await service.emptyBucket(id)).error).toBeNull()
  expect((await service.deleteBucket(id)).error).toBeNull()
  expect((await service.from(id).upload('a.txt', 'a')).error).toMatchObject({ message: 'Bucket not found' })
})

test('a forged token, no token and SQL that deletes rows are refused', async () => {
  const forged = `${signJwt({ role: 'service_role', exp: 4_000_000_000 }).slice(0, -2)}xx`
  const sql = postgres(process.env.DB_URL ?? '', { max: 1 })
  onTestFinished(() => sql.end())

  expect((await as(KEYS.publishable, forged).from('letters').upload('a.txt', 'a')).error).toMatchObject({
    statusCode: '403',
  })
  const bare = await fetch(`${API}/storage/v1/object/letters/a.txt`, { method: 'POST', body: 'a' })
  expect(bare.status).toBe(400)
  expect(await bare.json()).toMatchObject({ message: "headers must have required property 'authorization'" })
  await expect(sql`delete from storage.objects`).rejects.toThrow('Direct deletion')
})
