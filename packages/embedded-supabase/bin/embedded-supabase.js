#!/usr/bin/env node
import { register } from 'tsx/esm/api'

if (Number.parseInt(process.versions.node, 10) < 22) {
  console.error(`embedded-supabase needs Node 22 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

// The tsconfig.json of the folder it is started in describes another project.
register({ tsconfig: false })
await import('#commands/main')
