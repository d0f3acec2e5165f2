import { onTheServer } from './support/faults'
import { testMatrix } from './support/matrix'

testMatrix(onTheServer)
