/** The texts of lease-bar.tsx. */
export const leaseBarWords = {
  releaseOrder: 'Release order',
  startPicking: 'Start picking',
  unassigned: 'Unassigned.',
  yourAssignmentExpiredScanAn: 'Your assignment expired. Scan an item to take the order again.',
  connectionLostYouKeepThis: (leftSeconds: string | number) =>
    `Connection lost. You keep this order for ${leftSeconds} s.`,
  yourePickingThisOrder: 'You’re picking this order.',
  aStaffMember: 'A staff member',
  isPickingThisOrder: (name: string | number) => `${name} is picking this order.`,
  stoppedPickingThisOrder: (name: string | number) => `${name} stopped picking this order.`,
}

/** The texts of pick-board.tsx. */
export const pickBoardWords = {
  pick: 'Pick',
}

/** The texts of pick-list-at.tsx. */
export const pickListAtWords = {
  allPicked: 'all picked',
  toPick: (toPick: string | number) => `${toPick} to pick`,
}

/** The texts of pick-next.tsx. */
export const pickNextWords = {
  searching: 'Searching…',
  pickTheNextOrder: 'Pick the next order',
  weCouldntConfirmThatTry: 'We couldn’t confirm that. Try again: you keep the order you are picking.',
}

/** The texts of pick-row.tsx. */
export const pickRowWords = {
  at: (place: string | number) => `at ${place}`,
  ofIt: 'of',
  picked: 'picked',
  cantFindIt: 'Can’t find it',
  cantFindIt2: (name: string | number) => `Can’t find it: ${name}`,
  missingUnitsAreWrittenOff:
    'Missing units are written off here and taken from other locations. Units that no location has are removed from the order.',
  unitsMissing: 'Units missing',
  markAsMissing: 'Mark as missing',
  pick: (name: string | number) => `Pick ${name}`,
  pickOne: 'Pick one',
  pickAll: 'Pick all',
  removeOne: 'Remove one',
}

/** The texts of scan-form.tsx. */
export const scanFormWords = {
  scan: 'Scan',
  scanOrTypeASku: 'Scan or type a SKU or barcode',
  pickingAt: 'Picking at',
  pick: 'Pick',
  ofIt: (title: string | number, picked: string | number, quantity: string | number) =>
    `${title}: ${picked} of ${quantity}.`,
}
