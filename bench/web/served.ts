export { residentMiB, type Served, serve } from '../../test/support/web/process.ts'
