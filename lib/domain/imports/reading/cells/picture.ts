import { type Cell, meaning, meaningless } from './cell'

/** An address of a picture: http, https or a path of the shop's own. */
export function readPicture(text: string): Cell<string> {
  if (text.length > 2048) return meaningless('is longer than 2048 characters')
  const address = text.replaceAll(/\s/g, '%20')
  const isOwn = /^\/[^/]/.test(address)
  const isWeb = /^https?:\/\/\S+$/.test(address) && URL.canParse(address)
  if (!isOwn && !isWeb) return meaningless('is not an address that begins with https:// or http://')
  return address === text ? meaning(address) : meaning(address, 'picture_escaped')
}

/** A place among the pictures, from 1; null when blank. */
export function readPosition(text: string): Cell<number | null> {
  if (text === '') return meaning(null)
  const [, digits = ''] = /^([1-9]\d{0,5})([.,]0+)?$/.exec(text) ?? []
  return digits ? meaning(Number(digits)) : meaningless('is not a position: write 1, 2, 3 …')
}
