// node load.js JPEG OPTIONS: sends photos by tus-js-client and prints {"seconds", "cpu_seconds"}.
// OPTIONS is JSON: endpoint, headers, incident, count, clients, bytes (of each photo), and parts: they
// are then given up when all are there. Every photo is the JPEG with a comment of its own, and after its end bytes that fill it up, as a motion photo has its film.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Upload } from 'tus-js-client'

const [file, options] = process.argv.slice(2)
const { endpoint, headers, incident, count, clients, bytes, parts } = JSON.parse(options)
const jpeg = readFileSync(file)
const comment = Buffer.from([0xff, 0xfe, 0, 34])
const film = Buffer.alloc(Math.max(0, bytes - jpeg.length - 36), randomBytes(4093))
const FTYP = '\0\0\0\x10ftypmp42\0\0\0\0'
film.write(FTYP.slice(0, film.length), 'latin1')

const pieces = (own) => [jpeg.subarray(0, 2), comment, own, jpeg.subarray(2), film]
const photos = Array.from({ length: count }, () => {
  const own = randomBytes(32)
  const running = createHash('sha256')
  for (const piece of pieces(own)) running.update(piece)
  return { own, sha256: running.digest('hex') }
})

const send = ({ own, sha256 }) =>
  new Promise((resolve, reject) => {
    const upload = new Upload(Buffer.concat(pieces(own)), {
      endpoint,
      headers,
      retryDelays: null,
      metadata: { photo: randomUUID(), incident, view: 'detail', sha256 },
      onError: reject,
      onSuccess: () => resolve(upload.url),
    })
    upload.start()
  })

const sent = []
const client = async () => {
  for (let photo = photos.pop(); photo; photo = photos.pop()) sent.push(await send(photo))
}

const cpu = process.cpuUsage()
const began = process.hrtime.bigint()
await Promise.all(Array.from({ length: clients }, client))
const seconds = Number(process.hrtime.bigint() - began) / 1e9
const { user, system } = process.cpuUsage(cpu)
if (parts) for (const url of sent) await Upload.terminate(url, { headers })
console.log(JSON.stringify({ seconds, cpu_seconds: (user + system) / 1e6 }))
process.exit(0)
