// What the process is told before anything else is loaded.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

// Pictures and features lie outside of the collector's heap: a larger nursery there only takes memory (30 MB after a training).
setFlagsFromString('--semi-space-growth-factor=1')

// Beside the packages, where only who may change the program can write. Threads find it by the variable.
const { directory } = enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/mekiki', import.meta.url)))
if (directory) process.env.NODE_COMPILE_CACHE = directory
