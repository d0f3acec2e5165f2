#!/usr/bin/env node
import { register } from 'tsx/esm/api'

// The tsconfig.json of the folder it is started in describes another project.
register({ tsconfig: false })
await import('#main')
