// The smallest HTTP server over the native reference: takes a picture, answers with the reader's JSON. Called by server.mjs.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';

const [native, anchors] = process.argv.slice(2);
const reader = createRequire(import.meta.url)(native);
const settings = JSON.stringify({
  trust: { trust_anchors: fs.readFileSync(anchors, 'utf8') },
  verify: { verify_trust: true, remote_manifest_fetch: false, ocsp_fetch: false },
});

http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', async () => {
    try {
      const read = await reader.readerFromAsset({ buffer: Buffer.concat(parts), mimeType: 'image/jpeg' }, settings);
      const json = Buffer.from(reader.readerJson.call(read));
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': json.length }).end(json);
    } catch (error) {
      response.writeHead(500, { 'Content-Length': 0 }).end();
      console.error(error);
    }
  });
}).listen(0, '127.0.0.1', function told() {
  console.log(`http://127.0.0.1:${this.address().port}/`);
});
