import type { SignInRefusal } from '@/lib/domain/people/sign-in'
import type { StaffRole } from '@/lib/domain/people/staff'
import type { Location } from '@/lib/domain/stock/place'
import type { StockMovement } from '@/lib/domain/stock/stock'

export const reasonWords: Record<StockMovement['reason'], string> = {
  receive: 'Received',
  recount: 'Recounted',
  damage: 'Damaged',
  return: 'Returned',
  correction: 'Correction',
  transfer: 'Transferred',
  import: 'Imported',
  sale: 'Sold',
}

export const roleWords: Record<StaffRole, string> = {
  viewer: 'viewer',
  stock: 'stock keeper',
  manager: 'manager',
}

export const signInWords: Record<SignInRefusal, string> = {
  details_missing: 'Enter your e-mail address and password.',
  credentials_rejected: 'Wrong e-mail or password. Check both and try again.',
  too_many_attempts: 'Too many attempts. Wait a few minutes, then try again.',
  account_locked: 'This account is locked. Ask a manager to unlock it.',
  email_unconfirmed:
    'This address is not confirmed yet. Open the link in the e-mail we sent you, then sign in.',
}

/** The name of one of the shop's places. */
export function locationName(
  id: string | null,
  locations: readonly Location[],
  otherwise = 'a closed location',
): string {
  return locations.find((location) => location.id === id)?.name ?? otherwise
}

/** Said in place of a control, where a stock keeper may look and not change. */
export const keptByOthers = 'View only'

/** The same as a sentence, with the way out of it: "The workshop is kept by others. …". */
export function keptByOthersWords(locationId: string, locations: readonly Location[]): string {
  return `You can view stock at ${locationName(locationId, locations, 'a closed location')}, but not change it. Ask a manager for access.`
}

/** A change with its sign, typeset: "+3", "−2", "0". */
export function signed(delta: number): string {
  if (delta === 0) return '0'
  return delta < 0 ? `−${Math.abs(delta)}` : `+${delta}`
}

/** "1 unit", "3 units". */
export function units(count: number): string {
  return `${count} ${count === 1 ? 'unit' : 'units'}`
}

/** The texts of live-mark.tsx. */
export const liveMarkWords = {
  live: 'Live',
}

/** The texts of sign-in-form.tsx. */
export const signInFormWords = {
  eMail: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
}

/** The texts of staff-header.tsx. */
export const staffHeaderWords = {
  counter: 'Counter',
  staff: 'staff',
  staffTools: 'Staff tools',
  dashboard: 'Dashboard',
  inventory: 'Inventory',
  orders: 'Orders',
  messages: 'Messages',
  customers: 'Customers',
  holds: 'Holds',
  products: 'Products',
  counts: 'Counts',
  receive: 'Receive',
  importIt: 'Import',
  exportIt: 'Export',
  people: 'People',
  settings: 'Settings',
  signedInAs: 'Signed in as',
  toTheShop: 'To the shop',
}

/** The texts of undo.tsx. */
export const undoWords = {
  undone: (text: string | number) => `Undone: ${text}.`,
  lastChange: 'Last change',
  undo: (text: string | number) => `Undo ${text}`,
  undo2: 'Undo',
  unanswered: 'We couldn’t confirm that. Undo again: it happens only once.',
}
