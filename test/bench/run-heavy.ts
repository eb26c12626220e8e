import { measureHeavyWork } from './heavy-work.ts'
console.log(JSON.stringify(await measureHeavyWork(), null, 1).replace(/\n  +/g, ' '))
