/** When something is empty, in hours from now: one time in ten sooner, one in two, nine in ten. */
export interface EmptyIn {
  soonest: number
  likely: number
  latest: number
}

/**
 * How long so many units last if they go on selling as they did.
 *
 * Sales are taken for a Poisson process of unknown rate: n units in T hours make its rate a gamma(n + 1/2, T) (Jeffreys'
 * prior), and the time until k more are sold a gamma(k) of that rate. Their compound is T times the odds of a
 * beta(k, n + 1/2), so the range holds both what is not known of the pace and the chance of what is to come (Dubey,
 * "Compound gamma, beta and F distributions", Metrika 16, 1970; Gelman et al., Bayesian Data Analysis, 2.6). People who
 * buy several at once, and nights, make the truth wider than this.
 *
 * @param left units, from 1. @param sold units in so many `hours`, from 0.
 */
export function emptyIn(left: number, sold: number, hours: number): EmptyIn {
  const at = (chance: number) => hours * betaOdds(chance, left, sold + 0.5)
  return { soonest: at(0.1), likely: at(0.5), latest: at(0.9) }
}

/** The odds x / (1 - x) below which a beta(a, b) falls with this chance, by bisection of their logarithm. */
export function betaOdds(chance: number, a: number, b: number): number {
  let [low, high] = [-60, 60]
  for (let step = 0; step < 64; step += 1) {
    const middle = (low + high) / 2
    if (betaAtMost(Math.exp(middle), a, b) < chance) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}

/** The chance that a beta(a, b) has at most these odds: the regularised incomplete beta function. */
export function betaAtMost(odds: number, a: number, b: number): number {
  const x = odds / (1 + odds)
  const rest = 1 / (1 + odds)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(rest))
  // The fraction converges fast on one side of the mean, and on the other its mirror image does.
  return x * (a + b + 2) < a + 1 ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(rest, b, a)) / b
}

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), from the front, by Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  const most = 10_000
  const tiny = 1e-300
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny)
  let value = d
  for (let m = 1; m < most; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let step = 1
    for (const term of [even, odd]) {
      d = 1 / nonZero(1 + term * d, tiny)
      c = nonZero(1 + term / c, tiny)
      step = d * c
      value *= step
    }
    if (Math.abs(step - 1) < 1e-12) return value
  }
  return value
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value
}

/** The logarithm of the gamma function for x > 0: Stirling's series, from eight on. */
function logGamma(x: number): number {
  let shift = 0
  let from = x
  for (; from < 8; from += 1) shift += Math.log(from)
  const series = 1 / (12 * from) - 1 / (360 * from ** 3) + 1 / (1260 * from ** 5)
  return (from - 0.5) * Math.log(from) - from + Math.log(2 * Math.PI) / 2 + series - shift
}
