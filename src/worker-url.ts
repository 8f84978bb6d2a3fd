import { extname } from 'node:path'

/**
 * The address of a worker beside the module that starts it: TypeScript in the tree, JavaScript in the published package.
 * A compiler rewrites the ends of imports, not those of addresses.
 * @param path relative and without its end, `./worker`
 * @param caller `import.meta.url` of the module that starts it
 */
export const workerUrl = (path: string, caller: string): URL => new URL(path + extname(caller), caller)
