import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@supabase/supabase-js'
import { expect, test } from 'vitest'
import { readConfig } from '#config'
import { aFolder, aProject, runIn, twoPorts } from './support/stack-process'

async function portFlags(): Promise<string[]> {
  const { apiPort, databasePort } = await twoPorts()
  return ['--api-port', String(apiPort), '--db-port', String(databasePort)]
}

function printedValue(name: string, printed: string): string {
  return new RegExp(`^${name}=(.*)$`, 'm').exec(printed)?.[1] ?? ''
}

test("one command in the folder of any Supabase project starts it, with that project's migrations and seed", async () => {
  const project = aProject()
  mkdirSync(join(project, 'web', 'pages'), { recursive: true })

  const { printed } = await runIn(join(project, 'web', 'pages'), await portFlags())

  const supabase = createClient(printedValue('API_URL', printed), printedValue('PUBLISHABLE_KEY', printed))
  const { data, error } = await supabase.from('books').select('title').order('title')
  expect(error).toBeNull()
  expect(data).toEqual([{ title: 'Kindred' }, { title: 'The Wall' }])
  expect(existsSync(join(project, '.embedded-supabase', 'postgres'))).toBe(true)
})

test('its data is kept out of the version control of the project; a folder that was there keeps its rules', async () => {
  const [project, own] = [aProject(), aFolder()]

  await runIn(project, [...(await portFlags()), '--no-seed'])
  await runIn(project, [...(await portFlags()), '--no-seed', '--data-dir', own])

  expect(existsSync(join(project, '.embedded-supabase', '.gitignore'))).toBe(true)
  expect(existsSync(join(own, 'postgres'))).toBe(true)
  expect(existsSync(join(own, '.gitignore'))).toBe(false)
})

test('a project without a migration or a seed starts', async () => {
  const project = aProject()
  for (const path of ['migrations', 'seed.sql']) rmSync(join(project, 'supabase', path), { recursive: true })

  const { printed } = await runIn(aFolder(), ['--workdir', project, ...(await portFlags())])

  expect(printed).toContain('API_URL=')
})

test('a folder without a project is told how to get one', async () => {
  const folder = aFolder()

  const { code, said } = await (await runIn(folder, [])).ended

  expect(code).toBe(1)
  expect(said).toContain(`There is no supabase/config.toml in ${folder}`)
  expect(said).toContain('npx supabase init')
})

test('settings that a project leaves out are those of the Supabase CLI, and a wrong one is named', () => {
  const project = aFolder()
  mkdirSync(join(project, 'supabase'))
  const write = (text: string) => writeFileSync(join(project, 'supabase', 'config.toml'), text)

  write('project_id = "tiny"')
  expect(readConfig(project)).toEqual({
    apiPort: 54_321,
    databasePort: 54_322,
    maxRows: 1000,
    jwtExpiry: 3600,
    siteUrl: 'http://127.0.0.1:3000',
    enableSignup: true,
    shortestPassword: 6,
    otpExpiry: 3600,
    otpLength: 6,
    sendEmailHook: null,
  })
  write('[api]\nport = "soon"')
  expect(() => readConfig(project)).toThrow('api.port must be a number')
  write('[api')
  expect(() => readConfig(project)).toThrow(/config\.toml cannot be read/)
})
