import 'server-only'
import type { SaveAnswer } from '@/lib/domain/editing/answer'
import type { MakeAnswer } from '@/lib/domain/editing/new-product'
import { perRequest } from './per-request'

/** How a product's form fared that was posted without JavaScript. */
export const saveAnswers = perRequest<SaveAnswer>()
/** The same for the form of a new product or variant. */
export const makeAnswers = perRequest<MakeAnswer>()
