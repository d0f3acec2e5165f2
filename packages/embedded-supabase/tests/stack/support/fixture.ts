import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '#ports'
import { startStack } from '#stack'
import { copyProject } from './project'

/** One stack for the whole run, on the migrations of the fixture. */
export async function setup(): Promise<() => Promise<void>> {
  const project = copyProject()
  process.env.HOOK_URI = `http://127.0.0.1:${await freePort()}/hook`
  process.env.HOOK_SECRET = 'v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
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
