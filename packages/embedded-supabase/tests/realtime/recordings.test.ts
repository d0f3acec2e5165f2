import { describe, test } from 'vitest'
import { type Heard, hasRecordings, readRecording, replay } from './support/recording'
import { openStage } from './support/stage'

if (!hasRecordings)
  console.info('realtime: the recordings of the real server are not here; nothing to compare with')

type Circumstances = {
  /** Brings the database to where the recording began. */
  before?: string
  /** Parts of the recording that depend on timing, or whose cause it does not show. */
  besides?: (key: string, frame: string) => boolean
}

const nextRow = (id: number) => ({ before: `alter table plain alter column id restart with ${id}` })

describe.runIf(hasRecordings).concurrent('asked the same as the real server, this one says the same', () => {
  test.for<[name: string, circumstances?: Circumstances]>([
    ['01-join-postgres-changes'],
    ['02-types-replica-identity-default'],
    ['04-rls-anon-no-policy'],
    // The row was gone before the next poll; here nobody polls.
    ['05-rls-authenticated-policy', { besides: (_key, frame) => frame.includes('"brief"') }],
    ['07-broadcast-self-ack'],
    ['08-rest-broadcast'],
    ['09-realtime-send-sql', nextRow(10)],
    ['10-presence'],
    ['11-private-channels'],
    ['12-expired-and-invalid-tokens'],
    // A join without config is a mode no client has used for years.
    ['13-bad-parameters', { besides: (key) => key.includes('realtime:public:plain') }],
    ['15-reconnect-and-lifecycle', nextRow(11)],
    ['16-filter-operators-and-select'],
    // One message came from the database by a statement that was not recorded.
    ['17-vsn-1-raw', { ...nextRow(5), besides: (_key, frame) => frame.includes('"event":"s"') }],
    // The joins of client M were not recorded.
    ['20-limits', { besides: (key) => key.startsWith('M ') }],
    ['22-handshake-and-frames'],
  ])('%s', async ([name, { before = '', besides = () => false } = {}], { expect }) => {
    const stage = await openStage()
    await stage.sql.unsafe(before)

    const { recorded, heard } = await replay(stage, readRecording(`${name}.jsonl`))

    await stage.close()
    expect(without(heard, besides)).toEqual(without(recorded, besides))
  })
})

function without(heard: Heard, besides: (key: string, frame: string) => boolean): Heard {
  const kept = Object.entries(heard).map(([key, frames]): [string, unknown[]] => [
    key,
    frames.filter((frame) => !besides(key, JSON.stringify(frame))),
  ])
  return Object.fromEntries(kept.filter(([, frames]) => frames.length > 0))
}
