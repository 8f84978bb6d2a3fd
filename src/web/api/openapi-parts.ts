/** As OpenAPI 3.1 takes them: JSON Schema 2020-12. */
export type JsonSchema = { [key: string]: unknown }

const text: JsonSchema = { type: 'string' }
const named = (schema: string): JsonSchema => ({ $ref: `#/components/schemas/${schema}` })
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items })

const RESULT: JsonSchema = {
  type: 'object',
  required: ['key', 'values', 'tone', 'answer', 'choices'],
  properties: {
    key: { ...text, description: 'what kind of result it is' },
    values: { type: 'object', description: 'the same keys as `--json` prints' },
    tone: text,
    answer: { type: 'object', description: 'what the page says of it, in a small Markdown' },
    choices: { ...list({ type: 'object' }), description: 'commands with their options that can follow' },
    page: { type: 'object', properties: { number: { type: 'integer' }, of: { type: 'integer' } } },
    files: list({ type: 'object', properties: { name: text, href: text } }),
  },
}

export const COMPONENTS = {
  securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
  schemas: {
    Error: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: text, message: { ...text, description: 'in the language that `Accept-Language` asks for' } },
    },
    Result: RESULT,
    Results: { type: 'object', required: ['results'], properties: { results: list(named('Result')) } },
  },
}

type Content = Record<string, { schema: JsonSchema }>

/** What an operation answers with, and what every one may answer instead. */
export const answers = (description: string, content: Content) => ({
  200: { description, content },
  default: { description: 'Why there is no answer', content: { 'application/json': { schema: named('Error') } } },
})
