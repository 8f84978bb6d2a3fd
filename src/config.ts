import { resolve } from 'node:path'

/** The only reader of the environment. */
export const config = {
  home: resolve(process.env.MEKIKI_HOME || './data'),
  by: process.env.USER || 'terminal',
}
