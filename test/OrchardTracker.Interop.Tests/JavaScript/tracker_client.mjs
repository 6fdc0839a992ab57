// A peer that announces with npm's bittorrent-tracker, one step a line of its input: "start LEFT", "complete",
// "scrape", "stop". Tells in a line of JSON what the tracker has answered.
import { createInterface } from 'node:readline'
import Client from 'bittorrent-tracker'

const [url, infoHash, peerId, port] = process.argv.slice(2)

const tell = (event, data) => console.log(JSON.stringify({ event, ...data }))
const client = new Client({ infoHash, peerId, announce: [url], port: Number(port) })
client.on('update', ({ complete, incomplete }) => tell('update', { complete, incomplete }))
client.on('scrape', ({ complete, incomplete, downloaded }) => tell('scrape', { complete, incomplete, downloaded }))
client.on('peer', peer => tell('peer', { peer }))
client.on('warning', error => tell('warning', { message: error.message }))
client.on('error', error => tell('error', { message: error.message }))

for await (const line of createInterface({ input: process.stdin })) {
  const [step, left] = line.split(' ')
  switch (step) {
    case 'start': client.start({ left: Number(left), uploaded: 0, downloaded: 0 }); break
    case 'complete': client.complete({ left: 0, uploaded: 0, downloaded: 0 }); break
    case 'scrape': client.scrape(); break
    case 'stop': client.stop({ left: 0, uploaded: 0, downloaded: 0 }); break
  }
}
client.destroy()
