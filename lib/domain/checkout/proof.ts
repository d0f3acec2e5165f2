// Proof of work: a browser shows that it has spent some seconds on an order, so that one machine cannot place thousands.
// Works offline, without WebCrypto (which plain http lacks) and under a strict content security policy.

/** The browser's response: the challenge it was given, and the number that solves it. */
export interface Proof {
  challenge: string
  nonce: number
}

/** How many hashes are tried before the browser may do something else. */
const chunk = 2_000

/** The bits a challenge asks for; null where it is none. It begins with them: `18.1790000000000.<signature>`. */
export function bitsOf(challenge: string): number | null {
  const bits = Number(/^(\d{1,2})\.\d{1,16}\.[\w-]{43}$/.exec(challenge)?.[1] ?? Number.NaN)
  return Number.isInteger(bits) && bits <= 30 ? bits : null
}

/** The text that is hashed. */
export const proofText = (challenge: string, nonce: number) => `${challenge}:${nonce}`

/** How many bits a hash begins with that are zero. */
export function leadingZeros(words: ArrayLike<number>): number {
  let bits = 0
  for (const word of Array.from(words)) {
    if (word !== 0) return bits + Math.clz32(word)
    bits += 32
  }
  return bits
}

/**
 * Solves a challenge in small steps, so that the page goes on answering; null when it is aborted or none of ours.
 *
 * @param pause awaited between steps.
 */
export async function solve(
  challenge: string,
  pause: () => Promise<void>,
  signal?: AbortSignal,
): Promise<Proof | null> {
  const bits = bitsOf(challenge)
  if (bits === null) return null
  for (let nonce = 0; !signal?.aborted; nonce++) {
    if (leadingZeros(sha256Words(proofText(challenge, nonce))) >= bits) return { challenge, nonce }
    if (nonce % chunk === chunk - 1) await pause()
  }
  return null
}

const roundConstants = constants(64, 1 / 3)
const start = constants(8, 1 / 2)

/** The first 32 bits of the fractions of roots of the first primes, as FIPS 180-4 defines its constants. */
function constants(count: number, power: number): Int32Array {
  const found = new Int32Array(count)
  for (let candidate = 2, n = 0; n < count; candidate++) {
    let isPrime = true
    for (let divisor = 2; divisor * divisor <= candidate && isPrime; divisor++)
      isPrime = candidate % divisor !== 0
    if (isPrime) found[n++] = ((candidate ** power % 1) * 2 ** 32) | 0
  }
  return found
}

const schedule = new Int32Array(64)
const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by))

/** SHA-256 of an ASCII text, as eight words. */
export function sha256Words(text: string): Int32Array {
  const blocks = ((text.length + 8) >> 6) + 1
  const message = new Int32Array(blocks * 16)
  for (let n = 0; n < text.length; n++)
    message[n >> 2] = at(message, n >> 2) | (text.charCodeAt(n) << (24 - (n & 3) * 8))
  message[text.length >> 2] = at(message, text.length >> 2) | (0x80 << (24 - (text.length & 3) * 8))
  message[blocks * 16 - 1] = text.length * 8
  const hash = Int32Array.from(start)
  for (let block = 0; block < blocks; block++) compress(hash, message.subarray(block * 16, block * 16 + 16))
  return hash
}

const at = (words: Int32Array, index: number) => words[index] ?? 0

function compress(hash: Int32Array, block: Int32Array): void {
  schedule.set(block)
  for (let n = 16; n < 64; n++) {
    const [early, late] = [at(schedule, n - 15), at(schedule, n - 2)]
    const sigma0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)
    const sigma1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10)
    schedule[n] = (at(schedule, n - 16) + sigma0 + at(schedule, n - 7) + sigma1) | 0
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
  for (let n = 0; n < 64; n++) {
    const first =
      (h +
        (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) +
        ((e & f) ^ (~e & g)) +
        at(roundConstants, n) +
        at(schedule, n)) |
      0
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  for (const [n, word] of [a, b, c, d, e, f, g, h].entries()) hash[n] = (at(hash, n) + word) | 0
}
