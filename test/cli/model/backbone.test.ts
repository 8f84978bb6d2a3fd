// Networks that are added: from a server that behaves badly, cut, given a prior, compared.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { draw, TAUGHT } from '../../../demo/characters.ts'
import { floatTensor, makeNode, valueInfo } from '../../../models/onnx/nodes.ts'
import { decodeModel, encodeModel } from '../../../models/onnx/protobuf.ts'
import { makeHome } from '../../support/mekiki.ts'
import { smallNetwork } from '../../support/small-network.ts'

const { root, mekiki } = makeHome()
const bytes = smallNetwork()
const sha256 = createHash('sha256').update(bytes).digest('hex')
const description = join(root, 'input.json')

type Handler = (request: IncomingMessage, response: ServerResponse) => void
let handler: Handler
const asked: (string | undefined)[] = []
const server = createServer((request, response) => {
  asked.push(request.headers.range)
  handler(request, response)
})
const proxied: string[] = []
/** A proxy that knows where hosts are that nobody else does: plain http is asked of it by its whole address. */
const proxy = createServer((request, response) => {
  proxied.push(request.url!)
  handler(request, response)
})
let address: string

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/small.onnx`
  writeFileSync(description, JSON.stringify({ width: 64, height: 64 }))
  for (const name of TAUGHT.slice(0, 3)) for (let k = 0; k < 8; k++) await draw(join(root, 'pictures', name), name, k)
  await mekiki('a', 'import', join(root, 'pictures'))
})
after(() => {
  server.close()
  proxy.close()
})

const serve: Handler = ({ headers }, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
  if (from >= bytes.length) response.writeHead(416).end()
  else response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from }).end(bytes.subarray(from))
}
const add = (home: string, ...more: string[]) =>
  mekiki(home, 'backbone', 'add', address, '--input', description, '--json', ...more)
const networks = (home: string) =>
  existsSync(join(root, home, 'backbones')) ? readdirSync(join(root, home, 'backbones')) : []

test('a download that breaks off is kept, and the next one goes on there', async () => {
  handler = (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 4000))
    setTimeout(() => response.destroy(), 50)
  }
  const broken = await add('a', '--sha256', sha256)
  assert.match(broken.err, /backbone\.download-failed/)
  assert.equal(broken.status, 1)
  assert.deepEqual(networks('a'), ['small.onnx.part'])
  handler = serve
  const added = (await add('a', '--sha256', sha256)).lines[0] as { backbone: string }
  assert.match(added.backbone, /^small@[0-9a-f]{12}$/)
  assert.equal(asked.at(-1), 'bytes=4000-')
  assert.ok(networks('a').includes(`${added.backbone}.f16`), 'a prior was made')
  const list = (await mekiki('a', 'backbone', '--json')).lines[0] as { backbones: { id: string; current: boolean }[] }
  assert.deepEqual(
    list.backbones.map((b) => b.current),
    [true, false],
  )
})

test('the list and doctor say licence, size, speed and what a backbone is good at', async () => {
  const list = await mekiki('a', 'backbone')
  assert.match(list.out, /photos +Apache-2\.0 +4\.1 MB +\d+ ms +photographs/)
  assert.match(list.out, /▸ +mobilenet-v2-mid-b13@1 +224×224 +MIT +4\.6 MB +\d+ ms +drawings/)
  // Nothing is known of what the operator added.
  assert.match(list.out, /small@[0-9a-f]{12} +64×64 +\S*small\.onnx/)
  const { checks } = (await mekiki('a', 'doctor', '--json')).lines[0] as { checks: { check: string; found: string }[] }
  assert.match(
    checks.find(({ check }) => check === 'backbone')!.found,
    /drawings.*, MIT, 4\.4 MiB, about \d+ ms a picture/,
  )
})

test('other bytes than promised are thrown away, and so is an address without a hash', async () => {
  handler = (_, response) => void response.end(Buffer.from(bytes).fill(1, 500, 600))
  const wrong = await add('b', '--sha256', sha256)
  assert.match(wrong.err, /backbone\.hash-mismatch/)
  assert.deepEqual(networks('b'), [])
  assert.match((await add('b')).err, /backbone\.hash-missing/)
  handler = (_, response) => void response.writeHead(404).end()
  assert.match((await add('b', '--sha256', sha256)).err, /status 404.*backbone\.download-failed/)
  const { lines } = await mekiki('b', 'backbone', '--json')
  assert.equal((lines[0] as { backbones: object[] }).backbones.length, 1)
})

test('a part that is longer than the file, or of another one, does not do harm', async () => {
  handler = (_, response) => void response.writeHead(200, { 'content-length': 9000 }).write(Buffer.alloc(3000))
  setTimeout(() => server.closeAllConnections(), 2500)
  assert.match((await add('c', '--sha256', sha256)).err, /download-failed/)
  handler = serve
  assert.match((await add('c', '--sha256', sha256)).err, /hash-mismatch/)
  assert.match(String((await add('c', '--sha256', sha256)).lines[0]!.backbone), /^small@/)
})

test('nobody there is a clear error; a proxy is used where the environment names one', async () => {
  const gone = await mekiki(
    'd',
    'backbone',
    'add',
    'http://127.0.0.1:9/small.onnx',
    '--sha256',
    sha256,
    '--input',
    description,
  )
  assert.match(gone.err, /ECONNREFUSED.*backbone\.download-failed/)
  handler = serve
  process.env.http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const there = ['http://models.invalid/small.onnx', '--sha256', sha256, '--input', description, '--json']
  const added = await mekiki('d', 'backbone', 'add', ...there)
  delete process.env.http_proxy
  assert.deepEqual(proxied, ['http://models.invalid/small.onnx'])
  assert.match(String(added.lines[0]?.backbone), /^small@/, added.err)
})

test('compare: each on the same pictures, best first; the active one stays', async () => {
  const { lines, err, status } = await mekiki('a', 'backbone', 'compare', '--json')
  assert.equal(status, 0, err)
  const { compared } = lines[0] as {
    compared: { backbone: string; accuracy: number; features: number; milliseconds: number }[]
  }
  const alone = compared.filter((c) => !c.backbone.includes('+'))
  assert.deepEqual(
    alone.map((c) => [c.backbone.split('@')[0], c.features]),
    [
      ['mobilenet-v2-mid-b13', 816],
      ['small', 13],
    ],
    err,
  )
  assert.ok(alone[0]!.accuracy > alone[1]!.accuracy)
  // The best two together come beside each alone.
  assert.deepEqual(
    compared.filter((c) => !alone.includes(c)).map((c) => c.features),
    [816 + 13],
  )
  for (const { milliseconds } of compared) assert.ok(milliseconds > 0)
  const list = (await mekiki('a', 'backbone', '--json')).lines[0] as { backbones: { current: boolean }[] }
  assert.equal(list.backbones[0]!.current, true)
  assert.equal((await mekiki('a', 'versions', '--json')).lines[0]!.versions?.toString(), '')
  const used = (await mekiki('a', 'backbone', 'use', 'small', '--json')).lines[0] as { views: number }
  assert.equal(used.views, 0)
})

test('a network that has no numbers for a picture: that picture is left out, the others are trained on', async () => {
  const net = join(root, 'root.onnx')
  const model = decodeModel(bytes)
  // The root of what is below 0.1 is no number: black pictures have none.
  model.graph.node = [
    makeNode('GlobalAveragePool', ['x'], 'mean'),
    makeNode('Sub', ['mean', 'little'], 'less'),
    makeNode('Sqrt', ['less'], 'patches'),
  ]
  model.graph.initializer = [floatTensor('little', [1], [0.1])]
  model.graph.output = [valueInfo('patches', 1, ['N', 3, 1, 1])]
  writeFileSync(net, encodeModel(model))
  const { default: sharp } = await import('sharp')
  const black = join(root, 'black.png')
  await sharp({ create: { width: 60, height: 60, channels: 3, background: '#000' } })
    .png()
    .toFile(black)
  await mekiki('a', 'label', 'night', black, join(root, 'pictures', TAUGHT[0]!, `${TAUGHT[0]}-0.jpeg`))
  const used = await mekiki('a', 'backbone', 'use', net, '--input', description, '--json')
  assert.equal(used.status, 0, used.err)
  const trained = (await mekiki('a', 'train', '--json')).lines.at(-1) as { examples: number; labels: number }
  assert.deepEqual([trained.examples, trained.labels], [25, 4])
  const asked = (await mekiki('a', 'predict', black, '--json')).lines[0] as { error: { code: string } }
  assert.equal(asked.error.code, 'picture.no-features')
  const filed = (await mekiki('a', 'label', 'night', black, '--json')).lines[0]
  assert.ok(filed)
})
