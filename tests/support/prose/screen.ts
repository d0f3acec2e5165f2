/** A text for a reader that a component holds itself, instead of its words.ts. */
export interface ScreenText {
  line: number
  text: string
}

/** Attributes that a reader sees or hears. Others hold names, classes and addresses. */
const readAttribute =
  /\s(?:aria-label|aria-description|alt|busy|hint|label|placeholder|summary|title)="(?<text>[^"]*[A-Za-z]{2}[^"]*)"/g
/** Characters between two tags or braces. An arrow, a comparison or a statement is code. */
const betweenTags = /(?<![=\s])>(?<text>[^<>{}]*?[A-Za-z]{2}[^<>{}]*)(?=<\/?[A-Za-z>]|\{)/g
const afterBraces = /\}(?<text>[^<>{}=;]*?[A-Za-z]{2}[^<>{}=;]*)(?=<\/[A-Za-z])/g
const literal = /(?<!\w=|\b(?:from|import|case|===|!==) ?)(?:'(?<single>[^'\n]*)'|`(?<template>[^`]*)`)/g
/** A capital word, or words with the marks of a sentence: no class, key or code has them. */
const prose = /^\s*[“(]?[A-Z][a-z’]+(?: [a-z]|[,.:?!…]|$)|^[A-Za-z][a-z’]*(?: [a-z’]+)* [a-z’]+[.…!?]$/
/** Marks of code between a type or a comparison and the next brace. */
const codeMark = /[=;|`]|\w\(|^\s*,?\s*[)\]?]|^\s*[,.]\w|&&|\b(?:return|const)\b|\bif \(|\w\??: [A-Z]/
/** Values of the platform that read like words. */
const platform =
  /^(?:Arrow(?:Up|Down|Left|Right)|Backspace|Delete|End|Enter|Escape|Home|Page(?:Up|Down)|Space|Tab)$|^\/\*|^Intl\b/

/** Every text for a reader in a component's source. */
export function screenTexts(source: string): ScreenText[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<![:\\])\/\/.*/g, (comment) =>
    comment.replace(/[^\n]/g, ' '),
  )
  const found: ScreenText[] = []
  const add = (at: number, text = '') => {
    const trimmed = text.trim()
    if (trimmed && !platform.test(trimmed))
      found.push({ line: code.slice(0, at).split('\n').length, text: trimmed.replace(/\s+/g, ' ') })
  }
  for (const { index, groups } of code.matchAll(readAttribute)) add(index, groups?.text)
  for (const pattern of [betweenTags, afterBraces])
    for (const { index, groups } of code.matchAll(pattern))
      if (!codeMark.test(groups?.text ?? '')) add(index, groups?.text)
  for (const { index, groups } of code.matchAll(literal)) {
    const text = groups?.single ?? groups?.template?.replace(/\$\{[^}]*\}/g, '…') ?? ''
    const before = code.slice(Math.max(0, index - 40), index)
    if (prose.test(text) && !/(?:Error\(|className=\{?|emitWarning\()$/.test(before)) add(index, text)
  }
  return found.sort((one, other) => one.line - other.line)
}
