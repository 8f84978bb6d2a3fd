// Settings of the process that must be made before anything else is loaded. JavaScript, because compiled code is cached only from here on:
// Node would load its TypeScript compiler for this file at every start.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

// Pictures and features live outside V8's heap: a larger young generation would only cost memory (30 MB after a training).
setFlagsFromString('--semi-space-growth-factor=1')

// Inside the program's own folder: whoever can write there can change the program anyway. Where this user cannot, nothing is kept.
// Workers find the folder by the variable.
const { directory } = enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/mekiki', import.meta.url)))
if (directory) process.env.NODE_COMPILE_CACHE = directory
