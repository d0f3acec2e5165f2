import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { runCommand } from 'embedded-supabase/run-command'
import { StartError } from 'embedded-supabase/start-error'
import { accepted } from '@/lib/domain/core/result'
import { changeCount, type ImportPreview } from '@/lib/domain/imports/preview'
import { previewText } from '@/lib/domain/imports/preview-text'
import { type ParsedFile, parseFile } from '@/lib/domain/imports/reading/parse-file'
import {
  answerAsks,
  answerImport,
  applyImport,
  discardImport,
  previewImport,
  shopCurrency,
  stageImport,
} from '@/lib/server/imports/imports'
import type { Supabase } from '@/lib/server/platform/supabase'
import { activeLocationsAs } from '@/lib/server/stock/locations'
import { type FoundSupabase, findSupabase } from './find-supabase'
import { type FileFlags, type ImportFlags, parseImportFlags } from './import-flags'
import { orRefuse, problemList } from './or-refuse'
import { progressBar } from './progress-bar'
import { refreshShop } from './refresh-shop'
import { revertImport } from './revert-import'

const SHOWN_CHANGES = 40

// npm run import: a product or inventory CSV into the catalogue and the ledger, or a revert of an import. Exit code 0: done,
// or nothing to do; 1: refused, and nothing was changed; 130: interrupted, and it is done as a whole or not at all.
await runCommand(async (interrupted) => {
  const flags = parseImportFlags()
  const work = await readyWork(flags)
  const supabase = await findSupabase()
  try {
    console.log(`Supabase at ${supabase.description}`)
    const interruption = once(interrupted, 'abort').then(() => {
      process.exitCode = 130
    })
    await Promise.race([doAndTell(supabase, work), interruption])
  } finally {
    await supabase.release()
  }
})

/** Imports a file or takes an import back; answers whether anything changed. */
type Work = (client: Supabase) => Promise<boolean>

/** The command's arguments; a file is read before any server is started. */
async function readyWork(flags: ImportFlags): Promise<Work> {
  if ('revert' in flags) return (client) => revertImport(client, flags, SHOWN_CHANGES)
  const bytes = await readFile(flags.file).catch((cause: Error) => {
    throw new StartError(`${flags.file} cannot be read: ${cause.message}`, { cause })
  })
  return (client) => importFile(client, flags, bytes)
}

async function doAndTell(supabase: FoundSupabase, work: Work): Promise<void> {
  if (await work(supabase.client)) console.log(await refreshShop(supabase))
}

async function importFile(client: Supabase, flags: FileFlags, bytes: Uint8Array): Promise<boolean> {
  const file = parse(bytes, await shopCurrency(client))
  const locationId = flags.location === undefined ? null : await findLocation(client, flags.location)
  for (const warning of file.warnings) console.warn(`! ${warning}`)

  const [what, count] =
    file.kind === 'products' ? ['products', file.products.length] : ['changed levels', file.levels.length]
  const bar = progressBar(`Reading in ${count} ${what}`, Number(count))
  const { id } = orRefuse(
    await stageImport(
      client,
      {
        fileName: basename(flags.file),
        content: accepted(file),
        locationId,
        idempotencyKey: randomUUID(),
      },
      bar,
    ),
  )
  await answerAll(client, id, flags.answers)
  if (flags.moved) orRefuse(await answerImport(client, { import_id: id, choice: flags.moved }))
  const preview = orRefuse(await previewImport(client, id, SHOWN_CHANGES))
  console.log(previewText(preview).join('\n'))

  const open = preview.asks.filter(({ answer }) => answer === null)
  const isBlocked = preview.conflicts.length > 0 || (open.length > 0 && !flags.dryRun)
  if (isBlocked || flags.dryRun || changeCount(preview.import.summary) === 0) {
    await discardImport(client, id)
    if (isBlocked) throw new StartError(remedy(preview))
    console.log(flags.dryRun ? 'A dry run: nothing was changed.' : 'Nothing to change.')
    return false
  }
  console.log('Applying all of it at once …')
  const applied = orRefuse(await applyImport(client, id, randomUUID()))
  console.log(`Done. The quantities are in the ledger as ${applied.document}.`)
  return true
}

async function answerAll(client: Supabase, importId: string, answers: FileFlags['answers']): Promise<void> {
  // A preview of a large file takes seconds.
  if (answers.size === 0) return
  const { asks } = orRefuse(await previewImport(client, importId, 0))
  for (const { kind } of asks) {
    const answer = answers.get(kind)
    if (answer) orRefuse(await answerAsks(client, { import_id: importId, kind, answer }))
  }
}

function remedy({ asks, conflicts }: ImportPreview): string {
  const open = asks.filter(({ answer }) => answer === null)
  if (open.length === 0) return 'Nothing was imported. Change these lines and run it again.'
  const flags = open.map(({ kind, choices }) => `--answer ${kind}=${choices.join('|')}`).join(' ')
  const lines = conflicts.length > 0 ? 'Change these lines, and answer' : 'Answer'
  return `Nothing was imported. ${lines} the questions for all cells of a kind: ${flags}`
}

function parse(bytes: Uint8Array, currency: string): ParsedFile {
  const file = parseFile(bytes, currency)
  if (file.ok) return file.data
  throw new StartError(`${problemList(file.error)}\nNothing was imported.`)
}

async function findLocation(client: Supabase, slug: string): Promise<string> {
  const locations = await activeLocationsAs(client)
  const location = locations.find((one) => one.slug === slug)
  if (location) return location.id
  throw new StartError(
    `There is no location ${slug}. There are: ${locations.map((one) => one.slug).join(', ')}.`,
  )
}
