import { verdict } from './reviewing.ts'

export default verdict('restore', 'put excluded pictures back into the learning', 'restore')
