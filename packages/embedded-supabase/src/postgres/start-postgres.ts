import { rmSync } from 'node:fs'
import { lock } from '#lock'
import { requireFreePort } from '#ports'
import { bootstrap } from './bootstrap'
import { type Cluster, clusterPath, makeWritable, openCluster } from './cluster'
import { stopOrphan } from './postmaster'
import { startServer } from './server'

export interface Postgres {
  /** The database as role `postgres`: what migrations, tests and people use. */
  url: string
  /** The same as superuser, for the services. */
  adminUrl: string
  /** Resolves once the server is gone, asked for or not. */
  exited: Promise<void>
  stop: () => Promise<void>
}

export interface PostgresOptions {
  /** Folder for the database, its log and its lock. Made when missing. */
  dataDir: string
  port: number
  /** Deletes the database in the folder first. */
  fresh?: boolean
}

const PASSWORD = 'postgres'

/**
 * A real PostgreSQL on 127.0.0.1 that looks like a Supabase database before its first migration. The folder
 * is ours until `stop`. Throws a StartError when a person can help.
 */
export async function startPostgres({ dataDir, port, fresh = false }: PostgresOptions): Promise<Postgres> {
  makeWritable(dataDir)
  const unlock = lock(dataDir)
  try {
    await stopOrphan(clusterPath(dataDir))
    if (fresh) rmSync(clusterPath(dataDir), { recursive: true, force: true })
    await requireFreePort(port, 'the database', '--db-port')
    return await serve(openCluster(dataDir, PASSWORD), port, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function serve(cluster: Cluster, port: number, unlock: () => void): Promise<Postgres> {
  const server = await startServer(cluster, port)
  const at = (role: string) => `postgres://${role}:${PASSWORD}@127.0.0.1:${port}/postgres`
  try {
    await bootstrap(at('supabase_admin'))
  } catch (error) {
    await server.stop()
    throw error
  }
  return {
    url: at('postgres'),
    adminUrl: at('supabase_admin'),
    exited: server.exited,
    stop: () => server.stop().finally(unlock),
  }
}
