import { parseArgs } from 'node:util'
import { StartError } from '@/local/start-error'

const USAGE = `npm run import -- FILE.csv [--dry-run] [--location SLUG]

  FILE.csv         products in the format of Shopify's product CSV
  --dry-run        say what would change, change nothing
  --location SLUG  whose stock the quantities are; the shop's first location otherwise`

export interface ImportFlags {
  file: string
  dryRun: boolean
  location: string | undefined
}

/** The command's arguments. Throws a StartError with the usage when they are wrong. */
export function parseImportFlags(args = process.argv.slice(2)): ImportFlags {
  const { values, positionals } = read(args)
  const [file, ...others] = positionals
  if (!file || others.length > 0) throw new StartError(`Name one file.\n\n${USAGE}`)
  return { file, dryRun: values['dry-run'] ?? false, location: values.location }
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, location: { type: 'string' } },
    })
  } catch (cause) {
    throw new StartError(`${cause instanceof Error ? cause.message : cause}\n\n${USAGE}`, { cause })
  }
}
