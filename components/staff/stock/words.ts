/** The texts of level-forms.tsx. */
export const levelFormsWords = {
  count: 'Count',
  countTheUnitsAndEnter:
    'Count the units and enter the number. If stock moves while you count, we’ll ask you what to do.',
  viewOnly: ': view only.',
  safetyStock: 'Safety stock',
  unitsThatAreNotForSale: 'Units at the location that are not for sale online.',
  transfer: 'Transfer',
  unitsLeaveOneLocationAnd: 'Units leave one location and arrive at the other immediately.',
}

/** The texts of movement-list.tsx. */
export const movementListWords = {
  movements: 'Movements',
  noMovementsYet: 'No movements yet.',
  latestMovementsNewestFirst: 'Latest movements, newest first',
  units: 'Units',
  reason: 'Reason',
  location: 'Location',
  by: 'By',
  referenceOrNote: 'Reference or note',
  time: 'Time',
  aClosedLocation: 'A closed location',
  theSystem: 'The system',
}

/** The texts of receive-form.tsx. */
export const receiveFormWords = {
  delivery: 'Delivery',
  deliveryNote: 'Delivery note',
  arrivedAt: 'Arrived at',
  receiveDelivery: 'Receive delivery',
}

/** The texts of recount-conflict.tsx. */
export const recountConflictWords = {
  stockChangedWhileYouCounted: ': stock changed while you counted',
  youSaw: 'You saw',
  itIs: ', it is',
  because: (because: string | number) => `, because ${because}`,
  keep: (onHand: string | number) => `keep ${onHand}`,
  apply: (change: string | number) => `apply ${change}`,
  orSetTo: ', or set to',
  keep2: (onHand: string | number) => `Keep ${onHand}`,
  applyMakeIt: (change: string | number, corrected: string | number) =>
    `Apply ${change}: make it ${corrected}`,
  setTo: 'Set to',
}

/** The texts of recount-form.tsx. */
export const recountFormWords = {
  counted: (counted: string | number, nameOf: string | number, name: string | number) =>
    `Counted ${counted}: ${nameOf}, ${name}`,
  count: (nameOf: string | number, name: string | number) => `Count ${nameOf}, ${name}`,
  onHand: 'on hand',
  enterTheNumberYouCounted: 'Enter the number you counted: a whole number from 0',
  counted2: 'Counted',
  counted3: (nameOf: string | number, name: string | number) => `Counted: ${nameOf}, ${name}`,
  set: 'Set',
  itWas: 'It was',
  whenYouStarted: 'when you started.',
}

/** The texts of safety-form.tsx. */
export const safetyFormWords = {
  safetyStock: (nameOf: string | number, name: string | number) => `Safety stock: ${nameOf}, ${name}`,
  notForSale: 'not for sale',
  enterTheUnits: 'Enter the units that are not for sale: a whole number from 0',
  units: 'Units',
  set: 'Set',
}

/** The texts of transfer-form.tsx. */
export const transferFormWords = {
  transferUnits: 'Transfer units',
  units: 'Units',
  enterTheNumberOfUnits: 'Enter the number of units: a whole number from 1',
  fromIt: 'From',
  available: 'available)',
  to: 'To',
}

/** The texts of variant-heading.tsx. */
export const variantHeadingWords = {
  inventory: 'Inventory',
  sku: 'SKU',
  barcode: 'Barcode',
  viewInShop: 'View in shop',
  notForSale: 'Not for sale',
}
