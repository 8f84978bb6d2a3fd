import { answers, type JsonSchema } from './openapi-parts.ts'

const text: JsonSchema = { type: 'string' }
const id: JsonSchema = { type: 'integer', minimum: 1 }
const object = (properties: Record<string, JsonSchema>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
})
/** The same, with some that may be left out. */
const withSome = (needed: Record<string, JsonSchema>, optional: Record<string, JsonSchema>): JsonSchema => ({
  ...object(needed),
  properties: { ...needed, ...optional },
})
const NAMED: JsonSchema = object({ id: text, name: text })
const HASH: JsonSchema = { ...text, pattern: '^[0-9a-f]{64}$' }
const list = (items: JsonSchema, maxItems?: number): JsonSchema => ({
  type: 'array',
  items,
  ...(maxItems && { maxItems }),
})
const json = (schema: JsonSchema) => ({ 'application/json': { schema } })
const body = (schema: JsonSchema) => ({ required: true, content: json(schema) })
const inPath = (name: string, description: string) => ({ name, in: 'path', required: true, schema: text, description })

export const query = (name: string, schema: JsonSchema, required = false) => ({ name, in: 'query', required, schema })

/** Where a command runs. */
export const PLACE = [
  inPath('server', 'the id of a Discord server, or `local` for what the terminal has'),
  inPath('dataset', 'its name; every server has `main`'),
]

/** In one request. */
const MAX_PEOPLE = 100
const MAX_HASHES = 1_000
const MAX_EXAMPLES = 200
const PICTURE_SIDES = [160, 320, 512]

const bytes = (type: string) => ({ [type]: { schema: {} } })
const UNCHANGED = { 304: { description: 'What `If-None-Match` names is still so' } }

/** Addresses that are no commands. */
export const ADDRESSES = {
  '/me': {
    get: {
      operationId: 'me',
      summary: 'who asks, and their servers and datasets',
      responses: answers('Who', json({})),
    },
  },
  '/tokens': {
    get: {
      operationId: 'list-tokens',
      summary: 'sessions and tokens of who asks',
      responses: answers('They', json({})),
    },
    post: {
      operationId: 'make-token',
      summary: 'make a token for a script; only somebody in a browser may',
      requestBody: body(object({ name: text })),
      responses: answers('The token, which is shown once', json(object({ token: text }))),
    },
    delete: {
      operationId: 'end-all-tokens',
      summary: 'end all sessions and tokens of who asks',
      responses: answers('Ended', json({})),
    },
  },
  '/tokens/{id}': {
    parameters: [{ name: 'id', in: 'path', required: true, schema: id }],
    delete: { operationId: 'end-token', summary: 'end a session or a token', responses: answers('Ended', json({})) },
  },
  '/events': {
    get: {
      operationId: 'events',
      summary: 'what changes as it happens: `revision` and `training`, as server-sent events',
      responses: answers('A stream that does not end', { 'text/event-stream': { schema: text } }),
    },
  },
  '/backup': {
    get: {
      operationId: 'backup-file',
      summary: 'everything that is stored, as one file; for the operator',
      responses: answers('The backup', bytes('application/octet-stream')),
    },
  },
  '/{server}/{dataset}/my-data': {
    parameters: PLACE,
    get: {
      operationId: 'my-data-zip',
      summary: 'what is stored of who asks, as a ZIP',
      responses: answers('The ZIP', bytes('application/octet-stream')),
    },
  },
  '/{server}/{dataset}/export.zip': {
    parameters: PLACE,
    get: {
      operationId: 'export-zip',
      summary: 'all of the dataset as a ZIP that `import` reads, made while it is sent; for managers',
      responses: answers('The ZIP', { 'application/zip': { schema: {} } }),
    },
  },
  '/{server}/{dataset}/names': {
    parameters: PLACE,
    post: {
      operationId: 'names',
      summary: 'what channels, roles and some people of a Discord server are called; for reviewers',
      requestBody: body(object({ people: list(text, MAX_PEOPLE) })),
      responses: answers('The names', json(object({ channels: list(NAMED), roles: list(NAMED), people: list(NAMED) }))),
    },
  },
  '/{server}/{dataset}/known': {
    parameters: PLACE,
    post: {
      operationId: 'known',
      summary: 'which files are there already, by the SHA-256 of their bytes; not for whoever is a member alone',
      requestBody: body(withSome({ hashes: list(HASH, MAX_HASHES) }, { label: text })),
      responses: answers('Those that are', json(object({ known: list(text) }))),
    },
  },
  '/{server}/{dataset}/gallery/ids': {
    parameters: PLACE,
    get: {
      operationId: 'gallery-ids',
      summary: 'ids of examples in order, 4 bytes each, the lowest first; options as those of `gallery`',
      responses: { ...answers('The ids', bytes('application/octet-stream')), ...UNCHANGED },
    },
  },
  '/{server}/{dataset}/examples': {
    parameters: PLACE,
    post: {
      operationId: 'examples',
      summary: 'what is known of some examples',
      requestBody: body(object({ ids: list(id, MAX_EXAMPLES) })),
      responses: answers('They', json(object({ examples: list({ type: 'object' }) }))),
    },
  },
  '/{server}/{dataset}/pictures/{example}': {
    parameters: [...PLACE, { ...inPath('example', 'its id'), schema: id }],
    get: {
      operationId: 'picture',
      summary: 'the picture of an example',
      parameters: [query('size', { type: 'integer', enum: PICTURE_SIDES, description: 'pixels of the longer side' })],
      responses: { ...answers('The picture', { ...bytes('image/webp'), ...bytes('image/jpeg') }), ...UNCHANGED },
    },
  },
}
