import type { Drawing, Pen } from './brush'
import { bedding, rug } from './motifs/bedroom'
import { bag, jacket, jumper, shirt, shoes, skirt, tee } from './motifs/clothes'
import { armchair, beanbag, bed, chair, drawers, sofa, stool, table } from './motifs/furniture'
import { bouquet, fence, planter, pots } from './motifs/garden'
import { basket, brush, dustpan } from './motifs/housekeeping'
import { bracelet, earrings, necklace, ring, watch } from './motifs/jewellery'
import { candle, candlesticks, lantern, pendant, tableLamp } from './motifs/lights'
import { books, calendar, envelopes, notebook, pencils, poster } from './motifs/paper'
import { stillLife } from './motifs/still-life'
import { apron, blanket, cushion, towel } from './motifs/textiles'
import { board, broom, knife, scissors, trowel, wateringCan } from './motifs/tools'
import { bowl, carafe, jar, jug, mug, plates, teapot, vase } from './motifs/vessels'

/** Everything the shop's illustrator can draw, by the word in its file name. */
export const motifs = {
  vase,
  bowl,
  mug,
  jug,
  plates,
  teapot,
  carafe,
  jar,
  pendant,
  'table-lamp': tableLamp,
  candle,
  candlesticks,
  lantern,
  cushion,
  blanket,
  towel,
  apron,
  bedding,
  rug,
  notebook,
  books,
  pencils,
  poster,
  envelopes,
  calendar,
  trowel,
  'watering-can': wateringCan,
  broom,
  knife,
  board,
  scissors,
  brush,
  basket,
  dustpan,
  planter,
  pots,
  bouquet,
  stool,
  chair,
  armchair,
  sofa,
  table,
  drawers,
  bed,
  beanbag,
  fence,
  shirt,
  tee,
  jumper,
  jacket,
  skirt,
  shoes,
  bag,
  ring,
  bracelet,
  necklace,
  earrings,
  watch,
  'still-life': stillLife,
} as const satisfies Record<string, (pen: Pen) => Drawing>

export type MotifName = keyof typeof motifs
