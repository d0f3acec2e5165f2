import { parseArgs } from 'node:util'
import { StartError } from 'embedded-supabase/start-error'
import { type AskChoice, type AskKind, askChoices, asks } from '@/lib/domain/imports/finding'
import { importChoices } from '@/lib/domain/imports/preview'
import type { ImportAnswer } from '@/lib/domain/imports/request'

const USAGE = `npm run import -- FILE.csv [--dry-run] [--location SLUG] [--moved add|set|skip] [--answer KIND=keep|repair|drop]…
npm run import -- --revert DOCUMENT [--yes]

  FILE.csv         products or inventory as Shopify or Matrixify export them
  --dry-run        say what would change, change nothing
  --location SLUG  whose stock the quantities of a product file are; the shop's first location otherwise
  --moved CHOICE   what to do with numbers of an inventory file that moved since its export: add the difference
                   (unless you say otherwise), set what the file says, or skip the line

  --answer KIND=CHOICE  answer a question about cells of the file, once for all of its kind: keep what they say, repair
                   what can be, or drop them. The command names the kinds it asks about

  --revert DOCUMENT  say what taking an import back would do, and what stays because it changed since. DOCUMENT is what
                     the import is called in the ledger, such as import-7
  --yes              revert it`

/** An import to revert, by its document. */
export interface RevertFlags {
  revert: string
  isConfirmed: boolean
}

/** A file to import. */
export interface FileFlags {
  file: string
  dryRun: boolean
  location: string | undefined
  moved: ImportAnswer['choice'] | undefined
  answers: ReadonlyMap<AskKind, AskChoice>
}

export type ImportFlags = FileFlags | RevertFlags

/** The command's arguments. Throws a StartError with the usage when they are wrong. */
export function parseImportFlags(args = process.argv.slice(2)): ImportFlags {
  const { values, positionals } = read(args)
  const { help, revert, yes = false, ...ofFile } = values
  if (help) throw new StartError(USAGE)
  const [file, ...others] = positionals
  if (revert && (file || Object.keys(ofFile).length > 0)) {
    throw new StartError(`--revert takes nothing beside it but --yes.\n\n${USAGE}`)
  }
  if (revert) return { revert, isConfirmed: yes }
  if (yes) {
    throw new StartError(`--yes is for --revert: a file is imported unless you say --dry-run.\n\n${USAGE}`)
  }
  if (!file || others.length > 0) throw new StartError(`Name one file.\n\n${USAGE}`)
  return {
    file,
    dryRun: ofFile['dry-run'] ?? false,
    location: ofFile.location,
    moved: readChoice(ofFile.moved),
    answers: new Map((ofFile.answer ?? []).map(readAnswer)),
  }
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        location: { type: 'string' },
        moved: { type: 'string' },
        answer: { type: 'string', multiple: true },
        revert: { type: 'string' },
        yes: { type: 'boolean' },
      },
    })
  } catch (cause) {
    throw new StartError(`${cause instanceof Error ? cause.message : cause}\n\n${USAGE}`, { cause })
  }
}

function readAnswer(given: string): [AskKind, AskChoice] {
  const [kind, choice] = given.split('=')
  const known = (Object.keys(asks) as AskKind[]).find((one) => one === kind)
  const answer = askChoices.find((one) => one === choice)
  if (known && answer) return [known, answer]
  const kinds = Object.keys(asks).join(', ')
  throw new StartError(
    `--answer is KIND=${askChoices.join('|')}, with one of the kinds ${kinds}.\n\n${USAGE}`,
  )
}

function readChoice(given: string | undefined): ImportAnswer['choice'] | undefined {
  const choice = importChoices.find((one) => one === given)
  if (given !== undefined && !choice) {
    throw new StartError(`--moved is one of ${importChoices.join(', ')}.\n\n${USAGE}`)
  }
  return choice
}
