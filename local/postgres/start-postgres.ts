import { lock } from '@/local/lock'
import { requireFreePort } from '@/local/ports'
import { bootstrap } from './bootstrap'
import { openCluster } from './cluster'
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

const PASSWORD = 'postgres'

/**
 * A real PostgreSQL below `dataDir` on 127.0.0.1:`port` that looks like a Supabase database before its first
 * migration. The folder is ours until `stop`. Throws a StartError when a person can help.
 */
export async function startPostgres({ dataDir, port }: { dataDir: string; port: number }): Promise<Postgres> {
  const cluster = openCluster(dataDir, PASSWORD)
  const unlock = lock(dataDir)
  try {
    await stopOrphan(cluster.path)
    await requireFreePort(port, 'the database', '--db-port')
    const server = await startServer(cluster, port)
    const at = (role: string) => `postgres://${role}:${PASSWORD}@127.0.0.1:${port}/postgres`
    const postgres: Postgres = {
      url: at('postgres'),
      adminUrl: at('supabase_admin'),
      exited: server.exited,
      stop: () => server.stop().finally(unlock),
    }
    await bootstrap(postgres.adminUrl).catch(async (error) => {
      await server.stop()
      throw error
    })
    return postgres
  } catch (error) {
    unlock()
    throw error
  }
}
