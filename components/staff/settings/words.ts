import type { Accent, Typeface } from '@/lib/domain/settings/look'

/** The texts of the frame of Settings. */
export const settingsWords = {
  settings: 'Settings',
  pages: 'Settings pages',
  save: 'Save',
  saving: 'Saving…',
  checkField: 'Nothing was saved. Correct the marked field.',
  saved: 'Saved. Every page of the shop shows it now.',
  changedElsewhere:
    'Another manager changed these settings. Your changes are not saved and still in the fields.',
  showNewer: 'Discard mine and show theirs',
}

/** The pages of Settings, by their address. */
export const sectionWords = {
  shop: { title: 'Shop', about: 'Name, contact, currency, time zone, tax number.' },
  look: { title: 'Look', about: 'Colours and typeface.' },
  home: { title: 'Home page', about: 'Its title, text and picture.' },
  locations: { title: 'Locations', about: 'Places that hold stock, their addresses and opening hours.' },
  categories: { title: 'Categories', about: 'Groups of products, their order and pictures.' },
  discounts: { title: 'Discounts', about: 'Codes and automatic discounts, with their uses.' },
  delivery: { title: 'Delivery', about: 'Zones, prices and delivery times.' },
  tax: { title: 'Tax', about: 'Rates by country of delivery and by category.' },
  search: { title: 'Search', about: 'Language of the texts, and words with the same meaning.' },
  limits: { title: 'Limits', about: 'Low stock and how long carts reserve items.' },
}

/** The texts of shop-form.tsx. */
export const shopFormWords = {
  shop: 'Shop',
  name: 'Name',
  line: 'Slogan',
  lineHint: 'One line below the name.',
  description: 'Description',
  descriptionHint: 'Search engines and shared links show it.',
  contact: 'Contact',
  email: 'E-mail',
  phone: 'Phone',
  address: 'Address',
  country: 'Country',
  noCountry: 'Not set',
  numbers: 'Numbers, money and time',
  currency: 'Currency',
  currencyHint: 'Three letters, such as EUR or GBP.',
  currencyFixed: 'Products have prices in this currency, so it can’t change.',
  locale: 'Numbers and dates',
  timeZone: 'Time zone',
  timeZoneHint: 'Days of the shop begin and end in this time zone.',
  tax: 'Tax',
  taxNumber: 'Tax number',
  taxRate: 'Tax included in prices',
  taxRateHint: 'In percent, for new products. Existing products keep theirs.',
  returns: 'Returns',
  returnDays: 'Days to send items back',
  returnDaysHint: 'Product pages and search engines show it. 0 shows nothing.',
  returnFees: 'Cost of sending back',
  returnFeesOf: { free: 'Free for the buyer', buyer: 'Paid by the buyer' },
}

/** The texts of look-form.tsx. */
export const lookFormWords = {
  colours: 'Colours',
  typeface: 'Typeface of titles',
  note: 'Each choice is readable by day and by night: text has a contrast of at least 4.5 to 1.',
}

export const accentWords: Record<Accent, string> = {
  indigo: 'Indigo',
  ocean: 'Ocean',
  forest: 'Forest',
  clay: 'Clay',
  plum: 'Plum',
  ink: 'Ink',
}

export const typefaceWords: Record<Typeface, { title: string; about: string }> = {
  kalnia: { title: 'Kalnia', about: 'Wide and festive, with strong contrast.' },
  grotesk: { title: 'Host Grotesk', about: 'Plain and modern, like the body text.' },
  classic: { title: 'Georgia', about: 'A classic serif, already on most devices.' },
}

/** The texts of home-form.tsx. */
export const homeFormWords = {
  hero_title: { label: 'Title', hint: 'Empty: the slogan of the shop.' },
  hero_text: { label: 'Text', hint: 'Empty: the description of the shop.' },
  hero_picture: {
    label: 'Picture',
    hint: 'The address of a wide picture: https://… or a path of this shop. Empty for none.',
  },
  hero_alt: { label: 'Picture in words', hint: 'For shoppers who can’t see it.' },
}

/** The texts of limits-form.tsx. */
export const limitsFormWords = {
  stock: 'Stock',
  lowStock: 'Low stock from',
  lowStockHint: 'Units. At this number or below, the shop shows how many are left.',
  reservations: 'Reservations',
  holdMinutes: 'A cart reserves items for',
  holdMinutesHint:
    'Minutes, from the shopper’s last action. A shopper can extend it to three times this. Reservations in progress keep their end.',
}

/** The texts of sorted-list.tsx. */
export const sortedListWords = {
  moveUp: (name: string) => `Move ${name} up`,
  moveDown: (name: string) => `Move ${name} down`,
  up: 'Up',
  down: 'Down',
}

/** The texts of the pages and forms of locations. */
export const locationWords = {
  intro:
    'A location is a place that holds stock. Orders take units from the first location that has them. Shoppers can collect at each location with an address.',
  active: 'Active locations',
  archived: 'Archived',
  add: 'Add a location',
  addButton: 'Add location',
  added: 'Added. Staff can use it everywhere.',
  none: 'No locations yet. Add the first one to receive stock and take orders.',
  name: 'Name',
  address: 'Address',
  addressHint: 'Shoppers see it. Without an address, nobody can collect here.',
  noAddress: 'No address, so no collection.',
  hours: 'Opening hours',
  hoursHint: 'Such as 10:00–18:00, or 9–12:30, 14–18. Leave a day empty when it is closed.',
  hoursNote: 'Exceptions',
  hoursNoteHint: 'Such as “Closed on public holidays”.',
  edit: (name: string) => `Edit ${name}`,
  archive: 'Archive location',
  archiveTitle: 'Archive',
  archiveAbout:
    'An archived location keeps its history and takes no more stock or orders. You can restore it. Its units have to be transferred first.',
  archiveDone: 'Archived.',
  restore: 'Restore',
  restored: 'Restored.',
  location: 'Location',
}

export const dayWords: Record<number, string> = {
  1: 'Monday',
  2: 'Tuesday',
  3: 'Wednesday',
  4: 'Thursday',
  5: 'Friday',
  6: 'Saturday',
  7: 'Sunday',
}

/** The texts of the pages and forms of categories. */
export const categoryWords = {
  intro: 'Shoppers browse products by category. A category without products is not shown in the shop.',
  list: 'Categories in order',
  add: 'Add a category',
  addButton: 'Add category',
  added: 'Added. Products can be put into it.',
  none: 'No categories yet. Add the first one, then add products to it.',
  title: 'Title',
  blurb: 'Description',
  blurbHint: 'One line on the category’s page.',
  picture: 'Picture',
  pictureHint: 'The address of a wide picture: https://… or a path of this shop. Empty for none.',
  category: 'Category',
  address: (slug: string) => `Its address is /category/${slug} and stays the same.`,
  remove: 'Remove category',
  removeTitle: 'Remove',
  removeAbout: 'A category can be removed while no product is in it, archived products included.',
}

/** The texts of search-form.tsx. */
export const searchFormWords = {
  language: 'Language of product texts',
  languageHint: 'Searches find plurals and other forms in this language.',
  languages: (language: string) =>
    language === 'simple' ? 'Another language' : language.charAt(0).toUpperCase() + language.slice(1),
  synonyms: 'Synonyms',
  synonymsHint:
    'One group on each line, separated by commas: sofa, couch, settee. A search for one finds products with any of them.',
}

/** The texts beside a field that was refused. */
export const settingProblems: Record<string, string> = {
  name: 'Enter the name of the shop, up to 80 characters.',
  line: 'Enter up to 160 characters.',
  description: 'Enter up to 400 characters.',
  email: 'Enter an e-mail address, such as hello@example.com.',
  phone: 'Enter a phone number: digits, spaces and + - ( ).',
  address: 'Enter up to 300 characters.',
  country: 'Choose a country from the list.',
  locale: 'Choose from the list.',
  currency: 'Enter a currency of three letters, such as EUR.',
  time_zone: 'Choose a time zone from the list.',
  hero_title: 'Enter up to 80 characters.',
  hero_text: 'Enter up to 400 characters.',
  hero_picture: 'Enter an address that begins with https:// or a path that begins with /.',
  hero_alt: 'Enter up to 200 characters.',
  hours: 'Enter hours such as 10:00–18:00, in order and without overlaps.',
  hours_note: 'Enter up to 200 characters.',
  title: 'Enter a title of up to 120 characters.',
  blurb: 'Enter up to 300 characters.',
  picture: 'Enter an address that begins with https:// or a path that begins with /.',
  tax_number: 'Enter up to 40 characters.',
  tax_rate: 'Enter a percentage from 0 to 100, such as 19 or 5.5.',
  low_stock_at: 'Enter a whole number from 0 to 1000.',
  hold_minutes: 'Enter a whole number of minutes from 1 to 120.',
  return_days: 'Enter a whole number from 0 to 365.',
  search_language: 'Choose a language from the list.',
  search_synonyms:
    'Enter at least two words on each line, separated by commas. All lines together have up to 6000 characters.',
}
