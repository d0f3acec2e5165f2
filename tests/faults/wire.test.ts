import { testMatrix } from './support/matrix'
import { onTheWire } from './support/wire-faults'

testMatrix(onTheWire)
