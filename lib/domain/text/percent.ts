/** A percentage as people write one ("19", "7,5", "5.5 %"), in basis points; null for any other text. */
export function readPercent(text: string): number | null {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim()) ?? []
  return whole === undefined ? null : Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
}

/** Basis points as a field takes them: "19", "7.5". */
export function percentText(basisPoints: number): string {
  return String(basisPoints / 100)
}

/** Basis points as people read them: "19 %", "7.5 %". */
export function percent(basisPoints: number): string {
  return `${percentText(basisPoints)} %`
}
