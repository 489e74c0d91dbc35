const TYPES = ['feat', 'fix', 'perf', 'refactor', 'test', 'docs', 'build', 'ci', 'revert'];
const NEEDS_BODY = ['fix', 'perf'];
const MOST_CHARACTERS = 72;
const SUBJECT = /^([a-z]+)(\([a-z0-9-]+\))?!?: \S/;
/** git writes these itself; a rebase folds the second kind into others. */
const BY_GIT = /^(Merge|Revert) |^(fixup|squash|amend)! /;

/** What is wrong with a commit's message, a sentence each. */
export function faultsOf(message) {
  const lines = message
    .split(/^# -+ >8 -+$/m)[0]
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  const [subject = '', ...rest] = lines.join('\n').trim().split('\n');
  if (BY_GIT.test(subject)) return [];
  return [...faultsOfSubject(subject), ...faultsOfBody(subject, rest)];
}

function faultsOfSubject(subject) {
  const faults = [];
  const type = SUBJECT.exec(subject)?.[1];
  if (!TYPES.includes(type))
    faults.push(`the subject must be "type(scope): imperative"; types are ${TYPES.join(', ')}`);
  if (subject.length > MOST_CHARACTERS)
    faults.push(`the subject has ${subject.length} characters; at most ${MOST_CHARACTERS} are allowed`);
  if (subject.endsWith('.')) faults.push('the subject must not end with a full stop');
  return faults;
}

function faultsOfBody(subject, [separator = '', ...body]) {
  const faults = separator.trim() === '' ? [] : ['an empty line must separate the subject from the body'];
  const type = SUBJECT.exec(subject)?.[1];
  if (NEEDS_BODY.includes(type) && body.join('').trim() === '') faults.push(`a ${type} needs a body that says why`);
  return faults;
}
