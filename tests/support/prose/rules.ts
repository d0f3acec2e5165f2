/** A word or phrase that docs/glossary.md replaces. */
export interface Rule {
  pattern: RegExp
  /** The standard term. */
  instead: string
}

/** Rules for comments, texts and pages. A space in a pattern also matches a line break inside a comment. */
export const proseRules: Rule[] = [
  // Private idioms.
  rule('anew', 'again'),
  rule('of its own', 'its own, separate'),
  rule('by itself', 'automatically, alone'),
  rule('a word(?! boundar)', 'a message, a term'),
  rule('stands?|stood|standing', 'is, appears, is stored'),
  rule('says? so|said so', 'reports it, shows a message'),
  rule('meanwhile', 'in the meantime, concurrently'),
  rule('on (?:its|their) way', 'in progress, in transit, sent'),
  rule('to the end', 'completely'),
  rule('is another', 'has changed, differs'),
  rule('in vain', 'without effect'),
  // People.
  rule("somebody(?:'s)?", 'the role: shopper, staff member, caller, client'),
  rule("colleagues?(?:'s?)?", 'staff member'),
  rule("strangers?(?:'s?)?", 'visitor, outsider, unknown caller'),
  // Selling and stock.
  rule('aisles?', 'category'),
  rule('pieces?', 'item (shopper), unit (staff)'),
  rule('things?', 'the noun: product, item, row, value'),
  rule('(?:set|put|puts|putting) aside', 'hold, reserve'),
  rule('papers?', 'source, reference, delivery note'),
  rule('booked|bookings?', 'saved, recorded, stock movement'),
  rule('promised', 'committed'),
  rule('kept back', 'safety stock'),
  rule('look(?:s|ed|ing)? after|tend(?:s|ed|ing)?', 'assign, handle'),
  // Undoing.
  rule('call(?:s|ed|ing)? (?:(?:it|them) )?off', 'cancel'),
  rule(
    '(?:take|takes|taken|took|taking) (?:(?:it|them) )?back',
    'undo, revert, reverse, cancel, return or revoke',
  ),
  // Live layer and engineering.
  rule('painters?', 'render scheduler'),
  rule('wish(?:es|ed)?', 'subscription, live query'),
  rule('stretch(?:es)?', 'key range'),
  rule('surroundings', 'live client, context'),
  rule('foresees?|foresaw|foreseen|foreseeing', 'optimistic update'),
  rule('look(?:s|ed|ing)? again', 'compare, reconcile'),
  rule('gestures?', 'request'),
  rule('stockrooms?', 'test data'),
  rule('doors?', 'sign-in path, entry point'),
  rule('tidy|tidies|tidied|tidying', 'maintenance job, clean up'),
]

/** A sentence that begins with a clause where a noun belongs. Questions are allowed. */
export const clauseOpening: Rule = {
  pattern:
    /(?:^(?<first>[Ww]hat|[Ww]ho|[Ww]hoever|[Ww]hatever)|[.!?:;]\s+(?<later>What|Who|Whoever|Whatever))\s+(?![^.!?]*\?)[a-z]/g,
  instead: 'a noun as the subject',
}

/** Parts of names of functions, types, variables and files, with the standard term. */
export const nameRules = new Map(
  [
    ['painter', 'renderScheduler'],
    ['wish wishes wished', 'subscription, demand'],
    ['stretch stretches', 'keyRange'],
    ['gesture gestures', 'request, operation'],
    ['tidy tidies', 'maintenance'],
    ['tend tends tended', 'assign'],
    ['paper papers', 'source, reference'],
    ['colleague colleagues', 'staff'],
    ['somebody stranger strangers', 'the role'],
    ['aisle aisles', 'category'],
    ['piece pieces', 'item, unit'],
    ['thing things', 'product, item'],
    ['door doors', 'signInPath, action'],
    ['foresee foreseen foresaw', 'applyOptimistic'],
    ['mug mugs jar jars stockroom', 'testVariant, testStock, fixture'],
    ['booking bookings booked', 'movement, saved'],
    ['surroundings', 'context'],
    ['anew meanwhile', 'again, concurrently'],
    ['callOff calledOff', 'cancel'],
    ['takeBack takenBack', 'undo, revert, reverse, cancel, return or revoke'],
    ['setAside', 'hold, reserve'],
    ['itsWay theirWay', 'inTransit'],
  ].flatMap(([words = '', instead = '']) =>
    words.split(' ').map((word): [string, string] => [word, instead]),
  ),
)

/** Products of the shop. A literal may name one: it is data. A function or a variable may not. */
export const productWords = new Set(['mug', 'mugs', 'jar', 'jars'])

function rule(words: string, instead: string): Rule {
  const spaced = words.replaceAll(/ (?![^(]*\)\?)/g, '\\s+')
  return { pattern: new RegExp(`\\b(?:${spaced})\\b`, 'gi'), instead }
}
