// Writes what is generated from the data files of lib/: the catalogue inside dashboard.html with the hashes of its
// Content-Security-Policy, and docs/causes.md.
// node tests/generated/generate.js           writes them
// node tests/generated/generate.js --check   ends with 1 where a file is not up to date
const { existsSync, readFileSync, writeFileSync } = require('fs');
const { resolve } = require('path');
const causesPage = require('./causes.js');
const dashboard = require('./page.js');

const at = path => resolve(__dirname, '../..', path);
const read = path => readFileSync(at(path), 'utf8');
const data = {
  causes: JSON.parse(read('lib/siodiag/catalogue/causes.json')).causes,
  families: JSON.parse(read('lib/siodiag/protocol/families.json')),
  paths: JSON.parse(read('lib/siodiag/probe/reach/paths.json')),
  refusals: JSON.parse(read('lib/siodiag/protocol/refusals.json')),
};
const files = {
  'dashboard.html': dashboard(read('dashboard.html'), data),
  'docs/causes.md': causesPage(data),
};

for (const [path, text] of Object.entries(files)) {
  if (existsSync(at(path)) && read(path) === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is not up to date: run \`node tests/generated/generate.js\``);
    process.exitCode = 1;
  } else {
    writeFileSync(at(path), text);
  }
}
