// dashboard.html with the part of the catalogue that it needs, and with a Content-Security-Policy that fits.
const { createHash } = require('crypto');

const BEGIN = '// <catalogue> generated from lib/ by tests/generated/generate.js', END = '// </catalogue>';

module.exports = (page, data) => withPolicy(withCatalogue(page, data));

function withCatalogue(page, { causes, families, paths, refusals }) {
  const named = causes.filter(cause => cause.page === 'named').map(({ id, hop, severity, summary, meaning, fix, fixes = {} }) =>
    `  ${literal(id)}: ${literal({ hop, severity, summary, meaning, fix, fixes })},`);
  const code = [
    BEGIN,
    'const CAUSES = {', ...named, '};',
    'const FAMILIES = [', ...families.map(({ reason, ...family }) => `  ${literal(family)},`), '];',
    `const REFUSALS = ${literal(refusals)};`,
    `const PLACES = ${literal(paths.filter(one => one.page).map(one => one.path.replace(/\/$/, '')))};`,
    END,
  ].join('\n');
  return page.slice(0, page.indexOf(BEGIN)) + code + page.slice(page.indexOf(END) + END.length);
}

/** JSON that can't end the script element. */
const literal = value => JSON.stringify(value).replaceAll('<', '\\u003c');

function withPolicy(page) {
  const hash = tag => createHash('sha256').update(page.match(new RegExp(`<${tag}>([^]*?)</${tag}>`))[1]).digest('base64');
  return page
    .replace(/script-src 'sha256-[^']*'/, `script-src 'sha256-${hash('script')}'`)
    .replace(/style-src 'sha256-[^']*'/, `style-src 'sha256-${hash('style')}'`);
}
