// What browsers are given is whole: every module that one imports is there, and every library is named in the import map.
import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { posix } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { loadAssets } from '../../../src/web/server/assets.ts'
import { VENDOR } from '../../../src/web/server/vendor.ts'

const src = fileURLToPath(new URL('../../../src/', import.meta.url))
const modules = globSync(['web/pages/**/*.ts', 'locales/*/web/*.ts'], { cwd: src })
const libraries = Object.values(VENDOR).map(({ name }) => name)

test('the page imports only what browsers are given', () => {
  const assets = loadAssets()
  assert.ok(modules.length > 80)
  for (const path of modules) {
    const asset = assets.find(path)
    assert.ok(asset, `${path} is not served`)
    for (const { fileName } of ts.preProcessFile(asset.bytes.toString('utf8')).importedFiles)
      if (fileName.startsWith('.')) {
        const imported = posix.join(posix.dirname(path), fileName)
        assert.ok(assets.find(imported), `${path} imports ${imported}, which browsers are not given`)
      } else assert.ok(libraries.includes(fileName), `${path} imports ${fileName}, which the import map does not name`)
  }
})

test('what is loaded first is told at once: a module and all that it imports before it runs', () => {
  const { modules, find } = loadAssets()
  const first = modules('web/pages/main')
  for (const path of ['web/pages/main.ts', 'web/pages/frame.ts', 'web/pages/lib/html.ts', 'web/pages/ui/button.ts'])
    assert.ok(first.includes(path), path)
  assert.ok(!first.some((path) => path.includes('/guide/')), 'what is imported when it is needed comes later')
  for (const path of first) assert.ok(find(path), path)
})
