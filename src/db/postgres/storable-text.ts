import type { KyselyPlugin, PrimitiveValueListNode, ValueNode } from '../kysely.ts'
import { OperationNodeTransformer } from '../kysely.ts'

// SQLite keeps any text. PostgreSQL keeps neither U+0000 nor half of a character, and does not read JSON that has them as an escape.
// They come with names of files in archives, and nobody sees them.

/** What stands for what cannot be read, here as everywhere. */
const [REPLACEMENT, REPLACEMENT_ESCAPE] = ['\ufffd', '\\ufffd']
/** As `JSON.stringify` writes them: halves only where they are alone. An even number of backslashes before is a text that has these. */
const ESCAPES = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g

/** A text as PostgreSQL keeps it. */
export function storableText(text: string): string {
  const kept = text.includes('\0') ? text.replaceAll('\0', REPLACEMENT) : text
  return kept.includes('\\u') ? kept.replace(ESCAPES, `$1${REPLACEMENT_ESCAPE}`) : kept
}

const storable = (value: unknown): unknown => (typeof value === 'string' ? storableText(value) : value)

class StorableTexts extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return { ...node, value: storable(node.value) }
  }

  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...node, values: node.values.map(storable) }
  }
}

const transformer = new StorableTexts()

/** Gives PostgreSQL no text that it cannot keep. */
export const storableTexts: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
}
