// Keeps the Content-Security-Policy of dashboard.html in step with its own <style> and <script>.
// node tests/dashboard/csp.js           writes the hashes into the file
// node tests/dashboard/csp.js --check   ends with 1 where they don't fit
const { createHash } = require('crypto');
const { readFileSync, writeFileSync } = require('fs');
const { resolve } = require('path');

const file = resolve(__dirname, '../../dashboard.html');
const page = readFileSync(file, 'utf8');

const hash = tag => createHash('sha256').update(page.match(new RegExp(`<${tag}>([^]*?)</${tag}>`))[1]).digest('base64');
const fitting = page
  .replace(/script-src 'sha256-[^']*'/, `script-src 'sha256-${hash('script')}'`)
  .replace(/style-src 'sha256-[^']*'/, `style-src 'sha256-${hash('style')}'`);

if (fitting !== page && process.argv.includes('--check')) {
  console.error('dashboard.html was changed: run `node tests/dashboard/csp.js`');
  process.exit(1);
}
if (fitting !== page) writeFileSync(file, fitting);
