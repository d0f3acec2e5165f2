import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type { ImportProblem } from '@/lib/domain/imports/problem'

/** A file as text with \n as its only line end. guess: the encoding, where the bytes do not say it. */
export interface DecodedText {
  text: string
  guess: 'Windows-1252' | 'UTF-8 twice' | null
}

/** Bytes of a text file in UTF-8 or UTF-16, with or without byte order mark, or else in Windows-1252. */
export function decodeText(bytes: Uint8Array): Result<DecodedText, ImportProblem> {
  const utf16 = utf16Of(bytes)
  if (utf16) return checkedText(new TextDecoder(utf16).decode(bytes), null)
  const utf8 = new TextDecoder('utf-8').decode(bytes)
  if (!utf8.includes('\uFFFD')) {
    const inner = decodedAgain(utf8)
    return inner === null ? checkedText(utf8, null) : checkedText(inner, 'UTF-8 twice')
  }
  // Letters that are valid UTF-8 beside bytes that are not: two encodings in one file, and neither reads all of it.
  if (/[^\0-\x7F\uFFFD]/.test(utf8)) return checkedText(utf8, null)
  return checkedText(new TextDecoder('windows-1252').decode(bytes), 'Windows-1252')
}

/** The bytes of Windows-1252 by their letters. */
const letters = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))
const byteOf = new Map([...letters].map((letter, byte) => [letter, byte] as const))

/**
 * The text that was encoded as UTF-8 twice, as a program does that takes UTF-8 for Windows-1252: "MÃ¼sli" is "Müsli". Null for
 * any other: all its letters together would not be the bytes of UTF-8.
 */
function decodedAgain(text: string): string | null {
  const plain = text.replace(/^\uFEFF/, '')
  if (!/[\u00C2-\u00F4][^\0-\x7F]/.test(plain)) return null
  const bytes = new Uint8Array(plain.length)
  for (let index = 0; index < plain.length; index += 1) {
    const byte = byteOf.get(plain.charAt(index))
    if (byte === undefined) return null
    bytes[index] = byte
  }
  const inner = new TextDecoder('utf-8').decode(bytes)
  return inner.includes('\uFFFD') ? null : inner
}

/** By the byte order mark, else by the zero bytes that every other letter of a heading line has. */
function utf16Of([a, b, c, d]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if ((a === 0xff && b === 0xfe) || (a && b === 0 && c && d === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b && c === 0 && d)) return 'utf-16be'
  return null
}

function checkedText(decoded: string, guess: DecodedText['guess']): Result<DecodedText, ImportProblem> {
  const text = decoded.includes('\r') ? decoded.replaceAll(/\r\n?/g, '\n') : decoded
  // U+FFFD is written for bytes that mean nothing, as five of Windows-1252 do; NUL has no place in a text.
  const bad = text.search(guess === 'Windows-1252' ? /[\0\x81\x8D\x8F\x90\x9D]/ : /[\uFFFD\0]/)
  if (bad < 0) return accepted({ text, guess })
  const line = text.slice(0, bad).split('\n').length
  const why = 'There are characters that are not UTF-8 text. Save the file as "CSV UTF-8".'
  return refused({ line, column: '', value: null, why })
}
