import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '#ports'
import { startStack } from '#stack'
import { copyProject } from './project'

/** One stack for the whole run, on the migrations of the fixture. */
export async function setup(): Promise<() => Promise<void>> {
  const project = copyProject()
  const stack = await startStack({
    project,
    dataDir: join(project, 'data'),
    apiPort: await freePort(),
    databasePort: await freePort(),
  })
  Object.assign(process.env, { API_URL: stack.apiUrl, DB_URL: stack.databaseUrl, SMTP_URL: stack.smtpUrl })
  return async () => {
    await stack.stop()
    rmSync(project, { recursive: true, force: true })
  }
}
