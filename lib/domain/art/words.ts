import type { GlazeName } from './colours'
import type { MotifName } from './motifs'

/** Words of a title, singular, that say which motif shows it. Two words are looked up before one. */
const motifWords: Partial<Record<MotifName, string>> = {
  vase: 'vase,urn,amphora,ceramic,pottery',
  bowl: 'bowl,dish,fruit bowl,basin,salad bowl',
  mug: 'mug,cup,tumbler,coffee,beaker',
  jug: 'jug,pitcher,creamer,ewer',
  plates: 'plate,dinnerware,platter,saucer,tableware,crockery',
  teapot: 'teapot,kettle,tea,tea pot',
  carafe: 'carafe,bottle,decanter,glass,flask,wine',
  jar: 'jar,canister,tin,jam,honey,soap,cream,lotion,shampoo',
  pendant: 'pendant light,pendant lamp,hanging lamp,ceiling light,chandelier,lampshade',
  'table-lamp': 'lamp,light,table lamp,desk lamp,bedside light,lighting,sconce',
  candle: 'candle,scented candle,votive,incense',
  candlesticks: 'candlestick,candleholder,candle holder,taper,candelabra',
  lantern: 'lantern,hurricane,storm lamp',
  cushion: 'cushion,pillow,throw pillow,pouf,bolster',
  blanket: 'blanket,throw,quilt,plaid,bedspread',
  towel: 'towel,cloth,napkin,tea towel,linen,curtain,tablecloth',
  apron: 'apron,pinafore',
  bedding: 'bedding,bed clothes,bed linen,duvet,sheet,bedsheet,pillowcase',
  rug: 'rug,carpet,mat,doormat,runner,yoga mat',
  notebook: 'notebook,journal,diary,planner,sketchbook,notepad',
  books: 'book,novel,magazine,cookbook,zine',
  pencils: 'pencil,pen,crayon,marker,paintbrush,pencil set',
  poster: 'poster,print,frame,picture,artwork,painting,canvas,mirror,photo',
  envelopes: 'envelope,card,postcard,stationery,letter,gift card,paper',
  calendar: 'calendar,wall planner',
  trowel: 'trowel,hand trowel,spade,shovel,hand fork,dibber,tool',
  'watering-can': 'watering can,can,sprinkler,mister',
  broom: 'broom,besom,rake,mop',
  knife: 'knife,cleaver,cutlery,spoon,fork',
  board: 'board,chopping board,cutting board,tray,breadboard,bread',
  scissors: 'scissor,shear,secateur,pruner,snip',
  brush: 'brush,scrubber,comb,hairbrush',
  basket: 'basket,hamper,crate,trug,box',
  dustpan: 'dustpan,pan,scoop',
  planter: 'planter,plant,plant pot,pot,succulent,cactus,fern,herb,tree,seed',
  pots: 'pots,cardboard pot,terracotta,pot set',
  bouquet: 'flower,bouquet,rose,posy,tulip,peony',
  stool: 'stool,footstool,ottoman,bench',
  chair: 'chair,seat,dining chair',
  armchair: 'armchair,recliner,lounger,rocking chair',
  sofa: 'sofa,couch,settee,loveseat',
  table: 'table,desk,console,nightstand,bedside table,side table',
  drawers: 'drawer,dresser,cabinet,cupboard,wardrobe,chest,sideboard,shelf,bookcase',
  bed: 'bed,mattress,headboard,cot,crib',
  beanbag: 'beanbag,bean bag',
  fence: 'fence,slat,trellis,gate,decking,plank',
  shirt: 'shirt,blouse,flannel,polo,button up,tunic',
  tee: 'tee,t shirt,tshirt,top,vest,jersey,camisole',
  jumper: 'jumper,sweater,hoodie,pullover,cardigan,sweatshirt,knitwear,fleece',
  jacket: 'jacket,coat,blazer,tuxedo,parka,suit,anorak,raincoat',
  skirt: 'skirt,dress,gown,kilt,short,trouser,jean',
  shoes: 'shoe,sneaker,trainer,boot,high top,sandal,slipper,heel,loafer',
  bag: 'bag,handbag,purse,tote,backpack,satchel,clutch,wallet,suitcase',
  ring: 'ring,signet,engagement ring,jewellery,jewelry',
  bracelet: 'bracelet,bangle,cuff,anklet,bead,anchor',
  necklace: 'necklace,neclace,pendant,choker,chain,locket',
  earrings: 'earring,stud,hoop,ear ring',
  watch: 'watch,wristwatch,clock,timepiece',
}

const glazeWords: Record<GlazeName, string> = {
  indigo: 'indigo,navy,denim,midnight',
  cobalt: 'blue,cobalt,royal,sapphire',
  sky: 'sky,aqua,turquoise,pale blue,azure',
  teal: 'teal,ocean,petrol,emerald,sea',
  moss: 'green,olive,moss,khaki,forest',
  pistachio: 'pistachio,mint,lime,sage',
  mustard: 'yellow,mustard,ochre,amber',
  butter: 'butter,vanilla,cream,lemon,straw',
  persimmon: 'orange,persimmon,coral,tangerine',
  rust: 'red,rust,crimson,burgundy,brick,scarlet',
  rose: 'pink,rose,blush,peach',
  plum: 'purple,plum,violet,aubergine',
  lilac: 'lilac,lavender,mauve',
  chalk: 'white,chalk,ivory,pearl,ceramic,porcelain',
  sand: 'sand,beige,natural,linen,cardboard,tan,oat',
  clay: 'clay,terracotta,earthenware',
  oak: 'wood,wooden,oak,bamboo,pine,wicker',
  walnut: 'brown,walnut,leather,chocolate,antique,teak',
  brass: 'gold,golden,brass,yellow gold',
  copper: 'copper,bronze,rose gold',
  steel: 'silver,steel,chrome,metal,platinum',
  slate: 'grey,gray,slate,stone,concrete',
  coal: 'black,coal,charcoal,ebony',
}

function index<Name extends string>(words: Partial<Record<Name, string>>): ReadonlyMap<string, Name> {
  const entries = Object.entries(words) as [Name, string][]
  return new Map(entries.flatMap(([name, list]) => list.split(',').map((word) => [word, name] as const)))
}

const motifOf = index(motifWords)
const glazeOf = index(glazeWords)

const singular = (word: string) =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word

/** What a text's words, and pairs of neighbours, are listed as, in the order of the text. */
function listedIn<Name>(text: string, listed: ReadonlyMap<string, Name>): Name[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  return words.flatMap((word, i) => {
    const before = words[i - 1]
    const candidates = [word, singular(word)]
    const pairs = before ? candidates.map((candidate) => `${before} ${candidate}`) : []
    const key = [...pairs, ...candidates].find((candidate) => listed.has(candidate))
    const name = key === undefined ? undefined : listed.get(key)
    return name === undefined ? [] : [name]
  })
}

/** The motif a text names, or null. The thing itself comes last in English: "Knitted Throw Pillows" is a cushion. */
export function motifNamed(text: string): MotifName | null {
  return listedIn(text, motifOf).at(-1) ?? null
}

/** The colour or material a text names, or null. Colour comes before material: "Black Leather Bag" is black. */
export function glazeNamed(text: string): GlazeName | null {
  return listedIn(text, glazeOf)[0] ?? null
}
