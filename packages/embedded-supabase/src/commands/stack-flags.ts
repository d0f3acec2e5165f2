import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findProject, readConfig } from '#config'
import type { StackOptions } from '#stack'
import { StartError } from '#start-error'

const USAGE =
  '--data-dir FOLDER, --api-port N, --db-port N, --fresh (delete the data first), --no-seed (migrations alone)'

const FLAGS = {
  'data-dir': { type: 'string' },
  'api-port': { type: 'string' },
  'db-port': { type: 'string' },
  fresh: { type: 'boolean' },
  'no-seed': { type: 'boolean' },
} as const

/** A command of a project says where that project and its data are; embedded-supabase itself looks for them. */
export interface KnownProject {
  project: string
  dataDir: string
}

/** The flags of every command that starts a stack. Throws a StartError that lists them when one is wrong. */
export function parseStackFlags(args = process.argv.slice(2), known?: KnownProject): StackOptions {
  const { workdir, ...flags } = known ? { workdir: undefined, ...read(args, FLAGS) } : readWithWorkdir(args)
  const project = known?.project ?? findProject(workdir ?? process.cwd())
  const { apiPort, databasePort } = readConfig(project)
  return {
    project,
    dataDir: resolve(flags['data-dir'] ?? known?.dataDir ?? join(project, '.embedded-supabase')),
    apiPort: asPort('--api-port', flags['api-port'], apiPort),
    databasePort: asPort('--db-port', flags['db-port'], databasePort),
    fresh: flags.fresh ?? false,
    seed: !flags['no-seed'],
  }
}

function readWithWorkdir(args: string[]) {
  return read(
    args,
    { ...FLAGS, workdir: { type: 'string' } } as const,
    `--workdir FOLDER (holds supabase/), ${USAGE}`,
  )
}

function read<const Options extends Record<string, { type: 'string' | 'boolean' }>>(
  args: string[],
  options: Options,
  usage = USAGE,
) {
  try {
    return parseArgs({ args, options }).values
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message.split('.')[0] : String(cause)
    throw new StartError(`${problem}. Flags: ${usage}.`, { cause })
  }
}

/** The port a flag or variable names, or the usual one when it is not given. */
export function asPort(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new StartError(`${name} must be a port between 1 and 65535, not "${text}".`)
}
