import { testMatrix } from '@/tests/faults/support/faults/matrix'
import { onTheWire } from '@/tests/faults/support/faults/wire-faults'

testMatrix(onTheWire)
