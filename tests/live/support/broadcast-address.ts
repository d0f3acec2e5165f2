import { inject } from 'vitest'

// The shop of this project alone: other projects of the same run have theirs.
Object.assign(process.env, inject('broadcastingShop'))
