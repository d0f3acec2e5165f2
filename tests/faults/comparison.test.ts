import { onTheComparisons } from '@/tests/faults/support/faults/comparison-faults'
import { testMatrix } from '@/tests/faults/support/faults/matrix'

testMatrix(onTheComparisons)
