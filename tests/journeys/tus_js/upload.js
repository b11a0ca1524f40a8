// node upload.js FILE OPTIONS: uploads it by tus-js-client and prints its address.
// OPTIONS is JSON: what tus.Upload takes, all but functions.
import { readFileSync } from 'node:fs'
import { Upload } from 'tus-js-client'

const [file, options] = process.argv.slice(2)
let starts = 50 // a part that breaks at the very end makes the client give up: begin it again

const upload = new Upload(readFileSync(file), {
  ...JSON.parse(options),
  retryDelays: Array(200).fill(20),
  onShouldRetry: () => true,
  onError: (error) => {
    starts -= 1
    if (starts === 0) throw error
    upload.start()
  },
  onSuccess: () => {
    console.log(upload.url)
    process.exit(0)
  },
})
upload.start()
