import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '@/local/config'
import type { StackOptions } from '@/local/stack'
import { DEFAULT_DATA_DIR } from '@/local/stack-state'
import { StartError } from '@/local/start-error'

const USAGE =
  '--data-dir FOLDER, --api-port N, --db-port N, --fresh (delete the data first), --no-seed (no demo shop)'

/** The flags of every command that starts a stack. Throws a StartError that lists them when one is wrong. */
export function parseStackFlags(args = process.argv.slice(2)): Required<Omit<StackOptions, 'faults'>> {
  const { apiPort, databasePort } = readConfig()
  const flags = read(args)
  return {
    dataDir: flags['data-dir'] === undefined ? DEFAULT_DATA_DIR : resolve(flags['data-dir']),
    apiPort: asPort('--api-port', flags['api-port'], apiPort),
    databasePort: asPort('--db-port', flags['db-port'], databasePort),
    fresh: flags.fresh ?? false,
    seed: !flags['no-seed'],
  }
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'data-dir': { type: 'string' },
        'api-port': { type: 'string' },
        'db-port': { type: 'string' },
        fresh: { type: 'boolean' },
        'no-seed': { type: 'boolean' },
      },
    }).values
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message.split('.')[0] : String(cause)
    throw new StartError(`${problem}. Flags: ${USAGE}.`, { cause })
  }
}

/** The port a flag or variable names, or the usual one when it is not given. */
export function asPort(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new StartError(`${name} must be a port between 1 and 65535, not "${text}".`)
}
