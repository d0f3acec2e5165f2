/** Headings of WooCommerce's export, which are in the language of the shop, by their English ones; in lower case. */
const translations: Readonly<Record<string, readonly string[]>> = {
  type: ['typ', 'tipo', 'тип'],
  sku: ['artikelnummer', 'artikelnummer (sku)', 'ugs', 'cod', 'артикул'],
  'gtin, upc, ean, or isbn': [
    'gtin, upc, ean oder isbn',
    'gtin, upc, ean ou isbn',
    'gtin, upc, ean o isbn',
    'gtin, upc, ean of isbn',
    'gtin, upc, ean lub isbn',
    'gtin, upc, ean или isbn',
  ],
  name: ['nom', 'nombre', 'nome', 'naam', 'nazwa', 'имя', 'название'],
  published: [
    'veröffentlicht',
    'publié',
    'publicado',
    'pubblicato',
    'gepubliceerd',
    'opublikowano',
    'опубликован',
  ],
  'Short description': [
    'kurzbeschreibung',
    'description courte',
    'descripción corta',
    'breve descrizione',
    'descrição curta',
    'korte beschrijving',
    'krótki opis',
    'короткое описание',
  ],
  description: [
    'beschreibung',
    'descripción',
    'descrizione',
    'beschrijving',
    'descrição',
    'opis',
    'описание',
  ],
  'tax status': [
    'steuerstatus',
    'état de la tva',
    'estado del impuesto',
    'stato delle imposte',
    'belastingstatus',
    'status do imposto',
    'status podatku',
    'статус налога',
  ],
  'In stock?': [
    'vorrätig?',
    'auf lager?',
    'en stock ?',
    '¿existencias?',
    '¿en inventario?',
    'in stock?',
    'in magazzino?',
    'op voorraad?',
    'em estoque?',
    'na stanie?',
    'в наличии?',
    'наличие',
  ],
  stock: [
    'bestand',
    'lager',
    'lagerbestand',
    'inventario',
    'magazzino',
    'voorraad',
    'estoque',
    'stan magazynowy',
    'запасы',
  ],
  'backorders allowed?': [
    'lieferrückstände erlaubt?',
    'autoriser les commandes de produits en rupture ?',
    '¿permitir reservas de productos agotados?',
    'abilita gli ordini arretrati?',
    'nabestellingen toestaan?',
    'rückstände erlaubt?',
    'são permitidas encomendas?',
    'возможен ли предзаказ?',
  ],
  'sale price': [
    'angebotspreis',
    'tarif promo',
    'precio rebajado',
    'prezzo in offerta',
    'actieprijs',
    'prix promo',
    'preço promocional',
    'cena promocyjna',
    'акционная цена',
  ],
  'regular price': [
    'regulärer preis',
    'tarif régulier',
    'precio normal',
    'prezzo di listino',
    'reguliere prijs',
    'normaler preis',
    'prix régulier',
    'precio regular',
    'preço',
    'cena regularna',
    'cena',
    'базовая цена',
  ],
  categories: [
    'kategorien',
    'catégories',
    'categorías',
    'categorie',
    'categorieën',
    'categorias',
    'kategorie',
    'категории',
  ],
  tags: ['schlagwörter', 'étiquettes', 'etiquetas', 'tag', 'znaczniki', 'метки'],
  images: ['bilder', 'imágenes', 'immagini', 'afbeeldingen', 'imagens', 'obrazki', 'изображения'],
  parent: [
    'übergeordnetes produkt',
    'superior',
    'genitore',
    'hoofd',
    'ascendente',
    'nadrzędny',
    'родительский',
  ],
  brands: ['marken', 'marques', 'marcas', 'marchi', 'merken', 'brand', 'marki', 'бренды'],
  // The shop has no use for these; they are named so that a report of unknown columns names others alone.
  'Is featured?': [
    'ist hervorgehoben?',
    'mis en avant ?',
    '¿está destacado?',
    'in primo piano?',
    'em destaque?',
  ],
  'Visibility in catalog': [
    'sichtbarkeit im katalog',
    'visibilité dans le catalogue',
    'visibilidad en el catálogo',
    'visibilità nel catalogo',
    'visibilidade no catálogo',
    'видимость в каталоге',
  ],
  'Tax class': [
    'steuerklasse',
    'classe de tva',
    'classe tva',
    'clase de impuesto',
    'aliquota di imposta',
    'classe de imposto',
  ],
}

const english = new Map(
  Object.entries(translations).flatMap(([heading, others]) =>
    others.map((other) => [other, heading] as const),
  ),
)

const measures: Readonly<Record<string, RegExp>> = {
  Weight: /^(?:gewicht|poids|peso|waga|вес) (\(.+\))$/,
  Length: /^(?:länge|longueur|longitud|lunghezza|lengte) (\(.+\))$/,
  Width: /^(?:breite|largeur|anchura|larghezza|breedte) (\(.+\))$/,
  Height: /^(?:höhe|hauteur|altura|altezza|hoogte) (\(.+\))$/,
}

const attributeNames = [
  /^attribut (\d+) name$/,
  /^nom de l'attribut (\d+)$/,
  /^nombre del atributo (\d+)$/,
  /^nome dell'attributo (\d+)$/,
  /^naam eigenschap (\d+)$/,
  /^nome do atributo (\d+)$/,
  /^(?:имя|название) атрибута (\d+)$/,
  /^nazwa atrybutu (\d+)$/,
]
const attributeValues = [
  /^attribut (\d+) wert\(e\)$/,
  /^valeur\(s\) de l'attribut (\d+)$/,
  /^valor\(es\) del atributo (\d+)$/,
  /^valore dell'attributo (\d+)$/,
  /^waarde\(n\) eigenschap (\d+)$/,
  /^valor(?:es|\(es\)) do atributo (\d+)$/,
  /^значени[ея](?:\(-я\))? атрибут(?:а|ов|а\(-ов\)) (\d+)$/,
  /^wartości? atrybutu (\d+)$/,
]

/** Whether an attribute is shown, is one of the whole shop, or is chosen at first: not read. */
const attributeFlags = [
  /^(?:attribut|atributo|attributo|eigenschap) (\d+) (?:sichtbar|global|standard|visible|par défaut|visibile|globale|zichtbaar|globaal)$/,
  /^(?:atributo|visibilidade do atributo|видимость атрибута|глобальный атрибут) (?:visible |global |predeterminado )?(\d+)$/,
]

/** The headings of a WooCommerce file in English. A heading that is no translation stays as it is. */
export function inEnglish(headings: readonly string[]): string[] {
  return headings.map((heading) => {
    const plain = heading
      .trim()
      .toLowerCase()
      .replaceAll('’', "'")
      .replaceAll(/[\u00A0\u202F]/g, ' ')
      .replaceAll(/[\s\uFEFF]+/g, ' ')
      .trim()
    const [name, values] = [numberIn(plain, attributeNames), numberIn(plain, attributeValues)]
    if (name) return `Attribute ${name} name`
    if (values) return `Attribute ${values} value(s)`
    const flag = numberIn(plain, attributeFlags)
    if (flag) return `Attribute ${flag} visible`
    return english.get(plain) ?? measureOf(plain) ?? heading
  })
}

function numberIn(text: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const [, number] = pattern.exec(text) ?? []
    if (number) return number
  }
}

function measureOf(text: string): string | undefined {
  for (const [name, pattern] of Object.entries(measures)) {
    const [, unit] = pattern.exec(text) ?? []
    if (unit) return `${name} ${unit}`
  }
}
