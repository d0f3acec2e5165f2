import { testMatrix } from '@/tests/faults/support/faults/matrix'
import { onTheServer } from '@/tests/faults/support/faults/server-faults'

testMatrix(onTheServer)
