/** Headings of WooCommerce's export, which are in the language of the shop, by their English ones; in lower case. */
const translations: Readonly<Record<string, readonly string[]>> = {
  type: ['typ', 'tipo'],
  sku: ['artikelnummer', 'ugs', 'cod'],
  'gtin, upc, ean, or isbn': [
    'gtin, upc, ean oder isbn',
    'gtin, upc, ean ou isbn',
    'gtin, upc, ean o isbn',
    'gtin, upc, ean of isbn',
  ],
  name: ['nom', 'nombre', 'nome', 'naam'],
  published: ['veröffentlicht', 'publié', 'publicado', 'pubblicato', 'gepubliceerd'],
  'Short description': ['kurzbeschreibung', 'description courte', 'descripción corta', 'breve descrizione'],
  description: ['beschreibung', 'descripción', 'descrizione', 'beschrijving'],
  'tax status': [
    'steuerstatus',
    'état de la tva',
    'estado del impuesto',
    'stato delle imposte',
    'belastingstatus',
  ],
  stock: ['bestand', 'lagerbestand', 'inventario', 'magazzino', 'voorraad'],
  'backorders allowed?': [
    'lieferrückstände erlaubt?',
    'autoriser les commandes de produits en rupture ?',
    '¿permitir reservas de productos agotados?',
    'abilita gli ordini arretrati?',
    'nabestellingen toestaan?',
  ],
  'sale price': ['angebotspreis', 'tarif promo', 'precio rebajado', 'prezzo in offerta', 'actieprijs'],
  'regular price': [
    'regulärer preis',
    'tarif régulier',
    'precio normal',
    'prezzo di listino',
    'reguliere prijs',
  ],
  categories: ['kategorien', 'catégories', 'categorías', 'categorie', 'categorieën'],
  tags: ['schlagwörter', 'étiquettes', 'etiquetas', 'tag'],
  images: ['bilder', 'imágenes', 'immagini', 'afbeeldingen'],
  parent: ['übergeordnetes produkt', 'superior', 'genitore', 'hoofd'],
  brands: ['marken', 'marques', 'marcas', 'marchi', 'merken'],
}

const english = new Map(
  Object.entries(translations).flatMap(([heading, others]) =>
    others.map((other) => [other, heading] as const),
  ),
)

const measures: Readonly<Record<string, RegExp>> = {
  Weight: /^(?:gewicht|poids|peso) (\(.+\))$/,
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
]
const attributeValues = [
  /^attribut (\d+) wert\(e\)$/,
  /^valeur\(s\) de l'attribut (\d+)$/,
  /^valor\(es\) del atributo (\d+)$/,
  /^valore dell'attributo (\d+)$/,
  /^waarde\(n\) eigenschap (\d+)$/,
]

/** The headings of a WooCommerce file in English. A heading that is no translation stays as it is. */
export function inEnglish(headings: readonly string[]): string[] {
  return headings.map((heading) => {
    const plain = heading
      .trim()
      .toLowerCase()
      .replaceAll('’', "'")
      .replaceAll(/[\u00A0\u202F]/g, ' ')
    const [name, values] = [numberIn(plain, attributeNames), numberIn(plain, attributeValues)]
    if (name) return `Attribute ${name} name`
    if (values) return `Attribute ${values} value(s)`
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
