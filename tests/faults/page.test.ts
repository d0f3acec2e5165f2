import { testMatrix } from '@/tests/faults/support/faults/matrix'
import { onThePage } from '@/tests/faults/support/faults/page-faults'

testMatrix(onThePage)
