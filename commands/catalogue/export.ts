import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { runCommand } from 'embedded-supabase/run-command'
import { StartError } from 'embedded-supabase/start-error'
import { catalogueCsv, inventoryCsv } from '@/lib/server/exports/exports'
import { activeLocationsAs } from '@/lib/server/stock/locations'
import { type FoundSupabase, findSupabase } from './find-supabase'

const USAGE = `npm run export -- products|inventory FILE.csv

  products   texts, prices and pictures of the catalogue, as Shopify's product CSV
  inventory  units on hand at every location, as Shopify's inventory CSV

Imported again (npm run import), an unedited file changes nothing.`

// npm run export: the catalogue or the stock as a file, which is there as a whole or not at all.
await runCommand(async (interrupted) => {
  const [what, file, ...others] = process.argv.slice(2)
  if ((what !== 'products' && what !== 'inventory') || !file || others.length > 0) {
    throw new StartError(`Say what to export, and where to.\n\n${USAGE}`)
  }
  const supabase = await findSupabase()
  const unfinished = `${file}.part`
  try {
    console.log(`Supabase at ${supabase.description}`)
    const lines = what === 'products' ? catalogueCsv(supabase.client) : await everywhere(supabase)
    await pipeline(Readable.from(lines), createWriteStream(unfinished), { signal: interrupted })
    await rename(unfinished, file)
    console.log(`Written to ${file}.`)
  } finally {
    await rm(unfinished, { force: true })
    await supabase.release()
  }
})

async function everywhere({ client }: FoundSupabase) {
  return inventoryCsv(client, await activeLocationsAs(client))
}
