import 'server-only'
import type { SaveAnswer } from '@/lib/domain/products/editing/answer'
import type { MakeAnswer } from '@/lib/domain/products/editing/new-product'
import { perRequest } from '@/lib/server/http/per-request'

/** How a product's form fared that was posted without JavaScript. */
export const saveAnswers = perRequest<SaveAnswer>()
/** The same for the form of a new product or variant. */
export const makeAnswers = perRequest<MakeAnswer>()
