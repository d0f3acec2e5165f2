/** The options that search engines and feeds know, by their names in the languages of our shops. */
const standards = [
  { property: 'color', names: 'color,colour,colors,colours,farbe,couleur,kleur,glaze,shade' },
  { property: 'size', names: 'size,sizes,größe,groesse,taille,maat,grootte' },
  { property: 'material', names: 'material,fabric,matière,materiaal,stoff' },
  { property: 'pattern', names: 'pattern,muster,motif,patroon' },
] as const

export interface StandardOption {
  /** The property of a schema.org Product. */
  property: string
  /** The property's address, as `variesBy` names it. */
  address: string
}

/** The name of an option in structured data and feeds; null for an option of the shop’s own. */
export function standardOption(name: string): StandardOption | null {
  const known = standards.find(({ names }) => names.split(',').includes(name.trim().toLowerCase()))
  return known ? { property: known.property, address: `https://schema.org/${known.property}` } : null
}
