import { fileURLToPath } from 'node:url'

const resolve = (name: string): string => fileURLToPath(import.meta.resolve(name))

/** Libraries that the page loads, by the name of their file here: what modules call them, and the file that is served. */
export const VENDOR: Record<string, { name: string; file: string }> = {
  preact: { name: 'preact', file: resolve('preact') },
  'preact-hooks': { name: 'preact/hooks', file: resolve('preact/hooks') },
  'signals-core': { name: '@preact/signals-core', file: resolve('@preact/signals-core') },
  signals: { name: '@preact/signals', file: resolve('@preact/signals') },
  htm: { name: 'htm', file: resolve('htm') },
  echarts: { name: 'echarts', file: resolve('echarts/dist/echarts.esm.min') },
}
