#!/usr/bin/env python3
"""Which failure codes differ from the reference's where the states agree, counted by kind: codes.py CLI CORPUS

Kinds: 'renamed' (the standard's code where the reference keeps an older one), 'identity' (cawg.*, which this verifier does not check
yet), 'other'. The comparing itself is ../shared/check/agreement.py's."""
import collections, json, os, sys, tempfile

cli, corpus = sys.argv[1:3]
here = os.path.dirname(os.path.abspath(__file__))
checker = os.path.join(here, '..', '..', '..', 'shared', 'check', 'agreement.py')
parts = {'__file__': checker, '__name__': 'agreement'}
exec(compile(open(checker).read().removesuffix('main()\n').rstrip().removesuffix('main()'), checker, 'exec'), parts)  # it has no import guard

items = [i for i in json.load(open(os.path.join(corpus, 'manifest.json')))['items'] if i.get('oracle', {}).get('profiles')
         and not any(key.startswith('oracle_with_fragment') for key in i)]
kinds, shapes, agreeing = collections.Counter(), collections.Counter(), 0
with tempfile.TemporaryDirectory() as scratch:
    for profile in ['none', 'official', 'official_eku', 'interim', 'test']:
        chosen = [i for i in items if profile in i['oracle']['profiles']]
        paths = [os.path.abspath(os.path.join(corpus, i['path'])) for i in chosen]
        answers = parts['run'](cli, parts['trust_options'](corpus, profile, scratch), paths)
        for item, path in zip(chosen, paths):
            want, got = item['oracle']['profiles'][profile], answers.get(path)
            if parts['compare'](item, want, got, path) != ('state', 'agree'):
                continue
            agreeing += 1
            theirs, ours = set(want['failure']), set(got['codes']['failure'])
            if theirs == ours:
                continue
            shape = f"reference {','.join(sorted(theirs - ours)) or '-'}; ours {','.join(sorted(ours - theirs)) or '-'}"
            kinds['identity' if 'cawg.' in shape else 'renamed' if 'signingCredential.expired' in shape or 'claim.actions.missing' in shape else 'other'] += 1
            shapes[shape] += 1
for shape, count in shapes.most_common():
    print(f'{count:4} {shape}')
different = sum(kinds.values())
print(f'equal in {agreeing - different} of {agreeing}; different: {dict(kinds)}')
print(f"equal in {agreeing - kinds['other']} of {agreeing} ({100 * (agreeing - kinds['other']) / max(agreeing, 1):.1f}%) but for codes renamed and identity codes")
