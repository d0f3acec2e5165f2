import { z } from 'zod'

/** As SQL reads an address (private.email_in): letters of any language, no spaces, a domain of at least two parts. */
const rule = /^[^\s\p{C}@<>()[\],;:"\\]+@[^\s\p{C}@<>()[\],;:"\\.]+(\.[^\s\p{C}@<>()[\],;:"\\.]+)+$/u

/** Whether a text is an e-mail address, by the one rule of all forms. A browser may have written its domain in ASCII. */
export const isEmail = (text: string): boolean => rule.test(text)

export const Email = z.string().trim().max(254).regex(rule)
