import { basename } from 'node:path'
import { clauseOpening, nameRules, productWords, proseRules } from './rules'

/** A place that breaks a rule of docs/glossary.md. */
export interface Finding {
  file: string
  line: number
  found: string
  instead: string
}

/** Text of a file at its offset, continuation marks of comments blanked so that offsets stay true. */
interface Part {
  text: string
  at: number
}

const typescript =
  /(?<comment>\/\*[\s\S]*?\*\/|(?<![:\\])\/\/.*(?:\n[ \t]*\/\/.*)*)|'(?<single>(?:\\.|[^'\\\n])*)'|"(?<double>(?:\\.|[^"\\\n])*)"|`(?<template>(?:\\.|[^`\\])*)`/g
const sql = /(?<comment>--.*(?:\n[ \t]*--.*)*)|'(?<single>(?:''|[^'])*)'/g
const anyRule = new RegExp([...proseRules, clauseOpening].map(({ pattern }) => pattern.source).join('|'), 'i')
const judged = new Map<string, string | undefined>()
const commentMark = /^[ \t]*(?:\/\*\*?|\*\/?|\/\/|--)/gm

/** Every place of one file that breaks a rule. */
export function scan(file: string, text: string): Finding[] {
  const { prose, names } = file.endsWith('.md') ? markdown(file, text) : code(file, text)
  const found: (Omit<Finding, 'line' | 'file'> & { at: number })[] = []

  for (const part of prose.filter(({ text }) => anyRule.test(text))) {
    for (const { pattern, instead } of proseRules)
      for (const match of part.text.matchAll(pattern))
        found.push({ at: part.at + match.index, found: match[0].replace(/\s+/g, ' '), instead })
    for (const match of part.text.matchAll(clauseOpening.pattern)) {
      const word = match.groups?.first ?? match.groups?.later ?? ''
      const at = part.at + match.index + match[0].indexOf(word)
      found.push({ at, found: `${word} …`, instead: clauseOpening.instead })
    }
  }
  // A name with an underscore is SQL's, and is judged where it is defined.
  const own = file.endsWith('.sql') ? names : names.filter(({ text }) => !/[a-z]_[a-z]/.test(text))
  for (const name of own) {
    const instead = badName(name.text)
    if (instead) found.push({ at: name.at, found: name.text, instead })
  }

  const fileName = badName(basename(file).replace(/\..*$/, ''))
  const ofFile = fileName ? [{ file, line: 1, found: basename(file), instead: fileName }] : []

  return [
    ...ofFile,
    ...found
      .sort((one, other) => one.at - other.at)
      .map(({ at, ...rest }) => ({ file, line: text.slice(0, at).split('\n').length, ...rest })),
  ]
}

function code(file: string, text: string): { prose: Part[]; names: Part[] } {
  const prose: Part[] = []
  const names: Part[] = []
  const rest = text.replace(file.endsWith('.sql') ? sql : typescript, (whole, ...match) => {
    const at: number = match.at(-3)
    const { comment, single, double, template } = match.at(-1)
    const inside: string = comment ?? single ?? double ?? template ?? ''
    if (comment !== undefined) prose.push({ at, text: inside.replace(commentMark, blank) })
    else if (/\s/.test(inside)) prose.push({ at: at + 1, text: inside })
    else if (/^[\w$]+$/.test(inside) && !productWords.has(inside.toLowerCase()))
      names.push({ at: at + 1, text: inside })
    return blank(whole)
  })
  for (const match of rest.matchAll(/[A-Za-z_$][\w$]*/g)) names.push({ at: match.index, text: match[0] })
  return { prose: prose.map(opening), names }
}

/** A page without its code. The glossary's tables and quotations show the words that it replaces. */
function markdown(file: string, text: string): { prose: Part[]; names: Part[] } {
  let plain = text.replace(/^```[\s\S]*?^```/gm, blank).replace(/`[^`\n]+`/g, blank)
  if (file.endsWith('glossary.md')) plain = plain.replace(/^\|.*$|"[^"]+"|_[^_\n]+_/gm, blank)
  const prose: Part[] = []
  let at = 0
  for (const line of plain.split('\n')) {
    const before = prose.at(-1)
    const starts = /^\s*(?:$|[-*>#|]|\d+\.\s)/.test(line) || before?.text === ''
    const cells = line.startsWith('|') ? line.matchAll(/[^|]+/g) : [{ 0: line, index: 0 }]
    if (before === undefined || starts)
      for (const cell of cells)
        prose.push({ at: at + cell.index, text: cell[0].replace(/^\s*(?:[-*>#]+|\d+\.)\s|\*/g, blank) })
    else before.text += `\n${line}`
    at += line.length + 1
  }
  return { prose: prose.map(opening), names: [] }
}

/** A part whose leading blanks are counted in its offset, so that its first word opens a sentence. */
function opening({ text, at }: Part): Part {
  const start = text.search(/\S/)
  return start <= 0 ? { text, at } : { text: text.slice(start), at: at + start }
}

/** The standard term for a name with a banned part (`livePainter`, `live_painter`); undefined for other names. */
function badName(name: string): string | undefined {
  if (judged.has(name)) return judged.get(name)
  const parts = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_$-]+/)
  const pairs = parts.slice(1).map((part, n) => `${parts[n]}${part[0]?.toUpperCase()}${part.slice(1)}`)
  const instead = nameRules.get([...parts, ...pairs].find((part) => nameRules.has(part)) ?? '')
  judged.set(name, instead)
  return instead
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}
