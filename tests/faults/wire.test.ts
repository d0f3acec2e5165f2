import { onTheWire } from './support/faults'
import { testMatrix } from './support/matrix'

testMatrix(onTheWire)
