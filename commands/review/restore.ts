import { verdict } from './_reviewing.ts'

export default verdict('restore', 'put excluded pictures back into the learning', 'restore')
