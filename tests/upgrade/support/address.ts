import { inject } from 'vitest'

// The database of this project alone: other projects of the same run have theirs.
process.env.DATABASE_URL = inject('upgradedUrl')
