import { expect } from 'vitest'
import type { RawClient } from './raw-client'
import { type Stage, user1, userToken } from './stage'

export const privateRoom = 'realtime:room:rw'

/** Someone who may read and write in the private room, and is in it. */
export async function insider(stage: Stage): Promise<RawClient> {
  const client = await stage.connect()
  const reply = await client.join(privateRoom, { private: true }, userToken(user1))
  expect(reply.payload.status).toBe('ok')
  return client
}
