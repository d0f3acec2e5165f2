import { parseArgs } from 'node:util'
import { importChoices } from '@/lib/domain/import/preview'
import type { ImportAnswer } from '@/lib/domain/import/request'
import { StartError } from '@/local/start-error'

const USAGE = `npm run import -- FILE.csv [--dry-run] [--location SLUG] [--moved add|set|skip]

  FILE.csv         products or inventory in the format of Shopify's CSV files
  --dry-run        say what would change, change nothing
  --location SLUG  whose stock the quantities of a product file are; the shop's first location otherwise
  --moved CHOICE   what to do with numbers of an inventory file that moved since its export: add the difference
                   (unless you say otherwise), set what the file says, or skip the line`

export interface ImportFlags {
  file: string
  dryRun: boolean
  location: string | undefined
  moved: ImportAnswer['choice'] | undefined
}

/** The command's arguments. Throws a StartError with the usage when they are wrong. */
export function parseImportFlags(args = process.argv.slice(2)): ImportFlags {
  const { values, positionals } = read(args)
  const [file, ...others] = positionals
  if (!file || others.length > 0) throw new StartError(`Name one file.\n\n${USAGE}`)
  return {
    file,
    dryRun: values['dry-run'] ?? false,
    location: values.location,
    moved: readChoice(values.moved),
  }
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, location: { type: 'string' }, moved: { type: 'string' } },
    })
  } catch (cause) {
    throw new StartError(`${cause instanceof Error ? cause.message : cause}\n\n${USAGE}`, { cause })
  }
}

function readChoice(given: string | undefined): ImportAnswer['choice'] | undefined {
  const choice = importChoices.find((one) => one === given)
  if (given !== undefined && !choice) {
    throw new StartError(`--moved is one of ${importChoices.join(', ')}.\n\n${USAGE}`)
  }
  return choice
}
