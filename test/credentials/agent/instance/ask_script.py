"""Asks the script for what it makes of texts, without files or a network: cases in on stdin, answers out, as JSON."""
import json
import os
import sys


def main(path):
    script = {'__name__': 'script'}
    with open(path) as source:
        exec(compile(source.read(), path, 'exec'), script)
    print(json.dumps([answer(script, case) for case in json.load(sys.stdin)]))


def answer(script, case):
    files = {script['CONFIG']: case['text'], script['BENEATH']: case.get('varLib'),
             script['JSON_CONFIG']: case.get('jsonConfig')}
    script['read_text'] = lambda path: as_read(files[path])
    script['user_data'] = lambda: as_read(case.get('userData') or '')
    os.environ.update(SSM_Registry=case['registry'], SSM_AuthType='dockercfg' if case.get('turn') else 'keep')
    settings, elsewhere = script['filled'](script['settings_of'](script['read_configs']()))
    logins, problems = script['read_logins'](settings)
    return {'type': script['told_type'](script['auth_type'](settings)), 'merged': merged(script, case),
            'logins': [[part(value) for value in login] for login in logins], 'problems': problems + elsewhere}


def merged(script, case):
    login = [case[name].encode('utf-8') for name in ('userName', 'password')]
    try:
        return {'text': script['merge'](script['read_configs'](), login).encode('latin-1').decode('utf-8')}
    except script['Refused'] as refused:
        return {'refused': refused.name}


def as_read(text):
    return None if text is None else text.encode('utf-8').decode('latin-1')


def part(value):
    return value if hasattr(value, 'encode') and not isinstance(value, bytes) else value.decode('utf-8', 'replace')


main(sys.argv[1])
