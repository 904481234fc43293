// docs/causes.md: every cause of the catalogue, by hop.

module.exports = ({ causes }) => {
  const hops = [...new Set(causes.filter(isKnown).map(cause => cause.hop))];
  const groups = [...hops.map(hop => [hop, causes.filter(cause => isKnown(cause) && cause.hop === hop)]),
    ['at any hop', causes.filter(cause => !isKnown(cause))]];
  return [
    '# Causes',
    'Every cause that a diagnosis can name, in the order of the hops. `./jbang run-all` finds out which one it is; here is what each means, what else it could be, how to fix it, and the command that tells. In the commands, `URL`, `HOST`, `PORT`, `NAMESPACE`, `TOKEN` and other words in capitals are yours to fill in.',
    '<!-- Generated from lib/siodiag/catalogue/causes.json by tests/generated/generate.js: edit that file and run the script. -->',
    ['| hop | causes |', '| --- | --- |', ...groups.map(([hop, group]) => `| ${hop} | ${group.map(link).join(' · ')} |`)].join('\n'),
    ...groups.flatMap(([hop, group]) => [`## ${hop}`, ...group.flatMap(section)]),
  ].join('\n\n') + '\n';
};

const isKnown = cause => cause.id !== 'unexplained';
const link = ({ id }) => `[\`${id}\`](#${id})`;

function section({ id, severity, severityNote, meaning, also, fix, option, fixes = {}, advice = {}, command }) {
  return [
    `### ${id}`,
    `**${severity}**${severityNote ? ` (${severityNote})` : ''} · ${safe(meaning)}`,
    `Fix: ${safe([fix, option].filter(Boolean).join(' '))}`,
    list(Object.entries(fixes).map(([label, text]) => `${label}: ${safe(text)}`)),
    list(Object.values(advice).map(({ when, fix }) => `If ${safe(when)}: ${safe(fix)}`)),
    also.length ? `It could also be:\n\n${list(also.map(({ what, command }) => `${safe(what)}${command ? ` (${code(command)})` : ''}`))}` : '',
    `Command that tells: ${code(command)}`,
  ].filter(Boolean);
}

const list = items => items.map(item => `- ${item}`).join('\n');
const code = command => command.includes('`') ? `\`\` ${command} \`\`` : `\`${command}\``;
/** Text in which Markdown would see emphasis, HTML or a link. */
const safe = text => text.replace(/[\\`*_<>[\]|]/g, '\\$&');
