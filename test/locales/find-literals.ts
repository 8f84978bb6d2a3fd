import { readFileSync } from 'node:fs'
import ts from 'typescript'

/** Calls whose texts are for logs, for whoever mends a bug, or for `--json`; and what commands declare in English. */
const NOT_SHOWN = /(^|\.)(\w*Error|trace|debug|info|warn|error|fatal|describe|result|Response)$/
const DECLARED = /^(summary|examples|ifInterrupted|help)$/

export type Literal = { file: string; text: string }

/** Texts of a file that could be shown: not what is imported, compared, logged, thrown or declared. */
export function findLiterals(file: string): Literal[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  const found: Literal[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && NOT_SHOWN.test(node.expression.getText(source)))
      return
    if (ts.isPropertyAssignment(node) && DECLARED.test(node.name.getText(source))) return
    if (isOption(node)) return
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push({ file, text: node.text })
    if (ts.isTemplateExpression(node)) {
      const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)]
      found.push({ file, text: parts.join('…') })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** `text('the label')`: an option that describes itself. */
const isOption = (node: ts.Node): boolean =>
  ts.isCallExpression(node) &&
  /^(text|texts|number|flag|choice|channel|role|person|examples|ids|pictures|upload|decisionCommand)$/.test(
    node.expression.getText(),
  )

/** As people write: three words and more, with small letters, and no code. */
export const isSentence = (text: string): boolean =>
  /[\p{L}’']+ [\p{L}’']+ [\p{L}’']+/u.test(text) && !/[{}=<>]|^\w+\(|^[a-z-]+ --|^[a-z]+ [a-z]+ [A-Z]+$/.test(text)
export const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u
