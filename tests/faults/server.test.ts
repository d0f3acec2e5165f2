import { testMatrix } from './support/matrix'
import { onTheServer } from './support/server-faults'

testMatrix(onTheServer)
