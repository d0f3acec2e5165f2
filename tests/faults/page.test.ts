import { testMatrix } from './support/matrix'
import { onThePage } from './support/page-faults'

testMatrix(onThePage)
