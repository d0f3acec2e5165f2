import { onThePage } from './support/faults'
import { testMatrix } from './support/matrix'

testMatrix(onThePage)
