"""Reads, tries or changes one registry login of the ECS agent on this container instance.

Run as root by the project's SSM document, which hands its parameters over as SSM_* variables of the environment.
Prints one line of JSON and nothing else; no login stands in an argument, in the output or in a file but ecs.config.
One file, standard library only, for Python 2.7 and 3: Amazon Linux 1 and 2 have 2.7, Amazon Linux 2023 has 3.9.
"""
import base64
import collections
import contextlib
import datetime
import errno
import fcntl
import glob
import hashlib
import hmac
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import time

try:
    from http.client import HTTPConnection, HTTPException, HTTPSConnection
except ImportError:  # Python 2
    from httplib import HTTPConnection, HTTPException, HTTPSConnection

CONFIG = '/etc/ecs/ecs.config'
BENEATH = '/var/lib/ecs/ecs.config'
JSON_CONFIG = '/etc/ecs/ecs.config.json'
AGENT_LOG = '/var/log/ecs/ecs-agent.log'
TEMPORARY = '.ecs.config.ecs-rotate-'
TYPE, DATA = 'ECS_ENGINE_AUTH_TYPE', 'ECS_ENGINE_AUTH_DATA'
HUB = 'index.docker.io/v1/'
BLANKS = ' \t\n\v\f\r'
FIELDS = {'dockercfg': ['auth'],
          'docker': ['username', 'password', 'auth', 'email', 'serveraddress', 'identitytoken', 'registrytoken']}
WHY_NOT_WRITTEN = {errno.ENOSPC: 'disk-full', errno.EDQUOT: 'disk-full', errno.EROFS: 'read-only',
                   errno.EACCES: 'not-writable', errno.EPERM: 'not-writable', errno.ENOENT: 'no-config-directory'}


class Refused(Exception):
    """Something expected is in the way: `name` says what, `detail` may name a tool, a role or an AWS error."""

    def __init__(self, name, detail=None):
        Exception.__init__(self, name)
        self.name, self.detail = name, detail

    def reason(self):
        return {'name': self.name, 'detail': self.detail} if self.detail else {'name': self.name}


def main():
    """Prints the status; exits 1 only where an `apply` did not end with the new login in force."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.umask(0o077)
    os.environ['PATH'] = os.environ.get('PATH', '') + ':/usr/sbin:/usr/bin:/sbin:/bin'
    mode = os.environ.get('SSM_Mode', '')
    status = {'format': 1, 'mode': mode}
    try:
        status.update(host=host_family())
        status.update({'inspect': inspect, 'dry-run': dry_run, 'apply': apply}[mode]())
    except Refused as refused:
        status.update(outcome='refused', reasons=[refused.reason()])
    except Exception as error:  # its text may quote what it choked on
        status.update(outcome='refused', reasons=[{'name': 'defect', 'detail': place_of(error)}])
    print(json.dumps(status, sort_keys=True))
    return 1 if mode == 'apply' and status['outcome'] not in ('applied', 'already') else 0


def inspect():
    """What the agent would make of this host's files, and what it runs with. Digests, never a value."""
    written = settings_of(read_configs())
    settings, elsewhere = filled(written)
    entries, problems = read_logins(settings)
    agent = read_agent()
    running, _ = read_logins(filled(agent['environment'])[0])
    if agent['running'] and not in_force(agent, written):
        problems.append({'name': 'restart-pending'})
    return {'outcome': 'inspected', 'agent': tell_agent(agent), 'cluster': agent['cluster'],
            'authType': told_type(auth_type(settings)), 'problems': problems + elsewhere,
            'registries': tell_logins(entries), 'running': tell_logins(running)}


def dry_run():
    """Does all that `apply` does up to the first change. The value is fetched and dropped."""
    reasons, agent = [], None
    new = b' ' * 4096

    def attempt(step):
        try:
            return step()
        except Refused as refused:
            reasons.append(refused.reason())

    attempt(find_tools)
    login = attempt(fetch_login)
    if login:
        new = attempt(lambda: merge(read_configs(), login)) or new
    attempt(lambda: try_writing(len(new)))
    agent = attempt(read_agent)
    if agent and not agent['connected']:
        reasons.append({'name': 'agent-not-answering'})
    return {'outcome': 'not-ready' if reasons else 'ready', 'reasons': reasons, 'agent': tell_agent(agent)}


def apply():
    """Puts the login in place, restarts the agent and proves it; else puts back what was there."""
    find_tools()
    login = fetch_login()
    with locked():
        remove_leftovers()
        texts = read_configs()
        new = merge(texts, login)
        wanted = settings_of([texts[0], new])
        agent = read_agent()
        if new == texts[1] and agent['connected'] and in_force(agent, wanted):
            return {'outcome': 'already', 'agent': tell_agent(agent)}
        if new != texts[1]:
            write_config(new)
        proof = restart_and_prove(agent, wanted)
        return give_up(texts[1], new, proof) if proof['reasons'] else dict(proof, outcome='applied')


def give_up(old, new, proof):
    """Puts the previous content back from memory and restarts. Without one (an earlier run wrote it) says so."""
    if old == new:
        return dict(proof, outcome='failed', reasons=proof['reasons'] + [{'name': 'nothing-to-restore'}])
    try:
        os.unlink(CONFIG) if old is None else write_config(old)
    except (EnvironmentError, Refused):
        return dict(proof, outcome='failed', reasons=proof['reasons'] + [{'name': 'not-restored'}])
    after = restart_and_prove(read_agent(), None)
    back = not after['reasons']
    return dict(proof, outcome='restored', agentBack=back, agent=after['agent'])


# --- where the agent takes type and data from


def read_configs():
    """The texts of the file beneath and of ecs.config; None for one that is not there. Latin-1 keeps each byte."""
    return [read_text(BENEATH), read_text(CONFIG)]


def read_text(path):
    try:
        with open(path, 'rb') as source:
            return source.read().decode('latin-1')
    except EnvironmentError as error:
        if error.errno == errno.ENOENT:
            return None
        raise Refused('not-readable', errno.errorcode.get(error.errno))


def setting(line):
    """(name, value) of a line, quotes kept, as ecs-init splits it; (None, None) where it has no equals sign."""
    name, sign, value = line.strip(BLANKS).partition('=')
    return (name, value) if sign else (None, None)


def settings_of(texts):
    """What ecs-init hands to the agent: later files and later lines win."""
    lines = [line for text in texts if text is not None for line in text.split('\n')]
    return dict(pair for pair in map(setting, lines) if pair[0] is not None)


def filled(settings):
    """(settings, problems): what the environment leaves empty comes from the JSON file, then from the user data."""
    settings, problems, given = dict(settings), [], user_data()
    for source, text in (('json-config', read_text(JSON_CONFIG) or ''), ('user-data', agent_part(given))):
        try:
            kind, data = json_fields(text) if text.strip(BLANKS) else ('', '')
        except ValueError:
            problems.append({'name': 'json-config-broken' if source == 'json-config' else 'user-data-ignored'})
            continue
        if data and settings.get(DATA):
            problems.append({'name': 'hides-another', 'source': source})
        settings[TYPE], settings[DATA] = settings.get(TYPE) or kind, settings.get(DATA) or data
    if DATA in given:  # a script that writes ecs.config when the instance is replaced
        problems.append({'name': 'user-data-writes-login'})
    return settings, problems


def json_fields(text):
    """(type, data as it stands) of a JSON configuration. ValueError where the agent would refuse it."""
    kind, data = u'', u''
    for member in split_members(text):
        if member.key.lower() == 'engineauthtype' and member.value is not None:
            kind = member.value
        if member.key.lower() == 'engineauthdata':
            data = u'' if member.value is None else member.raw[member.start:member.end]
    if not is_text(kind):
        raise ValueError
    return kind, data


def agent_part(text):
    """What is for the agent in user data that is JSON; anything but JSON is an ordinary script."""
    try:
        members = [member for member in split_members(text) if member.key.lower() == 'ecsagentconfiguration']
    except ValueError:
        return u''
    return members[-1].raw[members[-1].start:members[-1].end] if members and members[-1].value is not None else u''


def user_data():
    try:
        return metadata('/latest/user-data').decode('latin-1')
    except Refused:
        return u''


def auth_type(settings):
    """The agent itself trims this one."""
    return settings.get(TYPE, '').strip(BLANKS)


# --- the logins in the data, as the agent's own parser has them

Member = collections.namedtuple('Member', 'key value raw start end')


def read_logins(settings):
    """([(key without scheme, user, password)], problems): the logins that the agent would use for some image."""
    kind, data = auth_type(settings), settings.get(DATA, '')
    trouble = whole_trouble(kind, data)
    if trouble or not kind:
        return [], [{'name': trouble}] if trouble else []
    found, kept, problems = {}, set(), []
    for key, member in sorted(dict((member.key, member) for member in split_members(data)).items()):
        login, trouble = read_entry(kind, member.value or {})
        if kind == 'docker' or trouble in (None, 'user-name-empty', 'password-empty'):
            kept.add(bare(key))
        if is_wrapper(member) and not login:
            problems.append(about('auths-wrapper', key))
        else:
            problems += [about(name, key) for name in (trouble, login and never_used(bare(key))) if name]
        if login and not never_used(bare(key)):
            found[bare(key)] = login
    return [(key,) + found[key] for key in sorted(found)], problems + hosts_without_key(kept)


def hosts_without_key(keys):
    """Hosts with several keys and none for the host alone: images that no key fits get any of their logins."""
    hosts = [key.split('/')[0] for key in keys if not never_used(key)]
    lonely = set(host for host in hosts if hosts.count(host) > 1 and host not in keys and not is_hub(host))
    return [about('host-key-missing', host) for host in sorted(lonely)]


def whole_trouble(kind, data):
    """Why the agent has no logins at all; None where it takes the data, or where there is nothing to take."""
    if kind not in FIELDS:
        plain = kind.replace('"', '').replace("'", '')
        unknown = 'type-quoted' if plain in FIELDS else 'type-case' if plain.lower() in FIELDS else 'type-unknown'
        return unknown if kind else 'type-empty' if data else None
    if not data:
        return 'data-missing'
    try:
        members = split_members(data)
    except ValueError:
        return 'data-quoted' if is_quoted(data) else 'data-not-object' if is_json(data) else 'data-not-json'
    if not all(isinstance(member.value, dict) or member.value is None for member in members):
        return 'member-not-object'
    return None if all(is_entry(kind, member.value) for member in members) else 'member-not-text'


def split_members(data):
    """The members of a JSON object in order, each with its raw text. ValueError where Go would not parse it."""
    at, members = expect(data, 0, '{'), []
    while members or data[skip(data, at):][:1] != '}':
        member, at = read_member(data, at)
        members.append(member)
        if data[at:at + 1] != ',':
            break
        at += 1
    if skip(data, expect(data, at, '}')) != len(data):
        raise ValueError
    return members


def read_member(data, start):
    """The member that begins here, and where it and the blanks behind it end."""
    decoder = json.JSONDecoder(parse_constant=refuse_constant)
    key, at = decoder.raw_decode(data, expect(data, start, '"') - 1)
    value_at = skip(data, expect(data, at, ':'))
    value, end = decoder.raw_decode(data, value_at)
    at = skip(data, end)
    return Member(key, value, data[start:at], value_at - start, end - start), at


def expect(text, at, sign):
    """The place after the sign, blanks before it passed over."""
    at = skip(text, at)
    if text[at:at + 1] != sign:
        raise ValueError
    return at + 1


def skip(text, at):
    while text[at:at + 1] in (' ', '\t', '\r', '\n'):
        at += 1
    return at


def refuse_constant(_):
    raise ValueError  # Python takes NaN and Infinity, Go does not


def is_json(text):
    try:
        json.loads(text, parse_constant=refuse_constant)
        return True
    except ValueError:
        return False


def is_entry(kind, value):
    """Whether Go fills the agent's structure from it; one that it cannot fill empties the whole map."""
    if not isinstance(value, dict):
        return value is None
    return all(field(value, name) is None or is_text(field(value, name)) for name in FIELDS[kind])


def is_text(value):
    return isinstance(value, (str, type(u'')))


def field(entry, name):
    """Go matches names without regard to case, and null leaves a text as it was."""
    found = [value for key, value in entry.items() if key.lower() == name and value is not None]
    return found[-1] if found else None


def read_entry(kind, entry):
    """((user, password) or None, the name of a problem or None)."""
    user, password, auth = [as_bytes(field(entry, name)) for name in ('username', 'password', 'auth')]
    if kind == 'docker' and has_token(entry):
        return (user, password) if user else None, None
    if kind == 'docker' and not user and not password:
        return None, 'auth-not-decoded' if auth else 'entry-without-login'
    if kind == 'dockercfg':
        if not auth:
            return None, 'plain-in-dockercfg' if user or password else 'entry-without-login'
        packed = re.sub(b'[\r\n]', b'', auth)
        if len(packed) % 4 or not re.match(b'[A-Za-z0-9+/]*={0,2}$', packed):
            return None, 'auth-not-base64'
        user, sign, password = base64.b64decode(packed).partition(b':')
        if not sign:
            return None, 'auth-without-colon'
    if not user:
        return None, 'user-name-empty'
    return (user, password), None if password else 'password-empty'


def has_token(entry):
    return any(field(entry, name) for name in ('identitytoken', 'registrytoken'))


def as_bytes(text):
    """A value read from latin-1 holds the file's own bytes, save where an escape goes beyond."""
    if not is_text(text):
        return b''
    try:
        return text.encode('latin-1')
    except UnicodeError:
        return text.encode('utf-8')


def is_wrapper(member):
    """The `auths` of Docker's own config.json: the agent takes it for a registry of that name."""
    inner = member.value if member.key == 'auths' else None
    return isinstance(inner, dict) and all(isinstance(value, dict) or value is None for value in inner.values())


def bare(key):
    return re.sub('^https?://', '', key)


def is_hub(host):
    return host in ('docker.io', 'index.docker.io', 'registry-1.docker.io')


def never_used(key):
    """Where the agent would look under this key for no image at all: the name of that problem."""
    host = key.split('/')[0]
    if is_hub(host):
        return None if key == HUB else 'hub-key-never-used'
    if re.match(r'\d{12}\.dkr[.-]ecr[.-].*\.(amazonaws\.com(\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$', host):
        return 'ecr-key-never-used'
    shaped = re.match(r'([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(:\d+)?$', host)
    return None if shaped and (host == 'localhost' or '.' in host or ':' in host) else 'key-never-matches'


def about(name, key):
    """A problem. A file gone wrong can have anything for a key, so one that looks like no registry is not told."""
    key = bare(key)
    shaped = re.match(r'[\w-]{1,63}(\.[\w-]{1,63})*(:\d{1,5})?(/[\w./-]{0,100})?$', key)
    told = key == 'auths' or shaped and re.match(r'localhost|[^/]*[.:]', key)
    return {'name': name, 'key': key} if told else {'name': name}


# --- merging one registry's entry


def merge(texts, login):
    """The new text of ecs.config: one entry changed, every other line and every other entry byte for byte."""
    settings, (there, problems) = settings_of(texts), filled(settings_of(texts))
    if 'json-config-broken' in [problem['name'] for problem in problems]:
        raise Refused('agent-would-not-start')
    if not settings.get(DATA) and there.get(DATA):
        raise Refused('data-in-json')
    old = auth_type(there)
    new = 'docker' if old == 'docker' and parameter('AuthType', 'keep') == 'keep' else 'dockercfg'
    if new == 'dockercfg' and b':' in login[0]:
        raise Refused('user-name-with-colon')
    lines = without_spanned((texts[1] or '').split('\n'))
    text = set_line(lines, DATA, merge_data(settings.get(DATA, ''), old, new, login))
    return text if old == new else set_line(text.split('\n'), TYPE, new)


def merge_data(data, old, new, login):
    """The JSON with the entry under its key and, where that is missing, under the host alone."""
    try:
        members = split_members(data)
    except ValueError:
        members = []  # it was in force for nobody, and nobody has tried what it holds
    if old == 'docker' and new == 'dockercfg':
        members = [turned(member) for member in members]
    members = [without_copy(member) for member in members if is_entry(new, member.value)]
    key, entry = key_to_write(), entry_text(new, login)
    merged = set_entry(members, key, entry)
    host = bare(key).split('/')[0]
    if not is_hub(host) and not any(bare(member.key) == host for member in merged):
        merged.append(new_member(host, entry))
    return '{' + ','.join(member.raw for member in merged) + '}'


def set_entry(members, key, entry):
    """The first of several spellings is kept, the others go: which wins would change from start to start."""
    merged, done = [], False
    for member in members:
        if not is_same(member.key, key):
            merged.append(member)
        elif not done:
            done = True
            same = bare(member.key) == bare(key)
            merged.append(with_value(member, entry) if same else new_member(key, entry))
    return merged if done else merged + [new_member(key, entry)]


def new_member(key, entry):
    return Member(key, json.loads(entry), '"' + key + '":' + entry, len(key) + 3, len(key) + 3 + len(entry))


def with_value(member, text):
    """The same member, its key and its blanks as they were; unchanged where it says the same already."""
    value = json.loads(text)
    if member.value == value:
        return member
    raw = member.raw[:member.start] + text + member.raw[member.end:]
    return Member(member.key, value, raw, member.start, member.start + len(text))


def without_copy(member):
    """`auths` does nothing and stays, less this registry's entry: no old login is left behind."""
    if not is_wrapper(member):
        return member
    inner = split_members(member.raw[member.start:member.end]) if member.value else []
    kept = [one for one in inner if not is_same(one.key, key_to_write())]
    return member if len(kept) == len(inner) else with_value(member, '{' + ','.join(one.raw for one in kept) + '}')


def turned(member):
    """An entry of `docker` as one of `dockercfg`; one without a login stays as it is."""
    if not is_entry('docker', member.value) or not member.value:
        return member
    login = read_entry('docker', member.value)[0]
    if has_token(member.value) or login and b':' in login[0]:
        raise Refused('entry-cannot-turn')
    return with_value(member, entry_text('dockercfg', login)) if login else member


def key_to_write():
    """Docker Hub has one key only, with its scheme as `docker login` writes it."""
    key = plain(parameter('Registry'))
    return 'https://' + HUB if key == HUB or is_hub(key) else key


def is_same(one, other):
    return plain(one) == plain(other)


def plain(key):
    """With a slash behind the host a key is longer, so it would win over the host alone."""
    return re.sub('^([^/]+)/$', r'\1', bare(key))


def entry_text(kind, login):
    if kind == 'dockercfg':
        return u'{"auth":"' + base64.b64encode(login[0] + b':' + login[1]).decode('ascii') + u'"}'
    user, password = [json.dumps(text.decode('utf-8'), ensure_ascii=False).encode('utf-8') for text in login]
    return (b'{"username":' + user + b',"password":' + password + b'}').decode('latin-1')


def set_line(lines, name, value):
    """Sets the line in force, the last of its name, and removes earlier ones: they hold a login too."""
    at = [index for index, line in enumerate(lines) if setting(line)[0] == name]
    if not at:
        text = '\n'.join(lines)
        end = '\r\n' if '\r\n' in text else '\n'
        return text + ('' if text == '' or text.endswith('\n') else end) + name + '=' + value + end
    line = lines[at[-1]]
    lead, trail = line[:len(line) - len(line.lstrip(BLANKS))], line[len(line.rstrip(BLANKS)):]
    changed = dict(enumerate(lines))
    changed[at[-1]] = lead + name + '=' + value + trail
    return '\n'.join(changed[index] for index in sorted(changed) if index not in at[:-1])


def without_spanned(lines):
    """Without the lines that a value over several lines goes on in: the agent takes the first, the login stays."""
    at = [index for index, line in enumerate(lines) if setting(line)[0] == DATA]
    more = spanned(lines, at[-1]) if at else 0
    return [line for index, line in enumerate(lines) if not at or not at[-1] < index <= at[-1] + more]


def spanned(lines, at):
    """How many lines after this one make one JSON object with its value; none where the value ends in its own."""
    joined, count = setting(lines[at])[1], 0
    while re.match(r'["\']?\s*\{', joined) and count <= 500:
        inner = joined[1:-1] if is_quoted(joined) else joined
        if is_object(inner) or is_object(inner.replace('\\"', '"')):
            return count
        count += 1
        following = lines[at + count].strip(BLANKS) if at + count < len(lines) else '='
        if following == '=' or re.match(r'[#\w][\w ]*=', following):
            return 0
        joined += following
    return 0


def is_quoted(value):
    return len(value) > 1 and value[0] in ('"', "'") and value[-1] == value[0]


def is_object(text):
    try:
        return split_members(text) is not None
    except ValueError:
        return False


# --- the secret, with the instance's own role


def fetch_login():
    """(user, password) as bytes, from the version that SSM_VersionId names."""
    arn, version = parameter('SecretArn'), parameter('VersionId')
    role, keys = role_credentials()
    body = json.dumps({'SecretId': arn, 'VersionId': version})
    status, answer = call_secrets(arn, body, keys)
    if status != 200:
        raise Refused(secret_trouble(answer), role)
    try:
        value = json.loads(json.loads(answer.decode('utf-8'))['SecretString'])
        login = value['username'].encode('utf-8'), value['password'].encode('utf-8')
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused('secret-malformed')
    if not all(login):
        raise Refused('secret-malformed')
    return login


def secret_trouble(answer):
    """A name for what AWS answered. Its text is not passed on."""
    text = answer.decode('utf-8', 'replace')
    kind = re.search(r'"__type"\s*:\s*"(?:[^"]*#)?(\w+)"', text)
    name = kind.group(1) if kind else 'Unknown'
    if 'KMS' in text and name == 'AccessDeniedException':
        return 'kms-denied'
    return {'AccessDeniedException': 'secret-denied', 'ResourceNotFoundException': 'secret-not-found',
            'InvalidRequestException': 'secret-deleted'}.get(name, 'secret-refused')


def role_credentials():
    path = '/latest/meta-data/iam/security-credentials/'
    role = metadata(path).decode('ascii', 'replace').strip().split('\n')[0]
    keys = json.loads(metadata(path + role).decode('utf-8'))
    if 'AccessKeyId' not in keys:
        raise Refused('no-role', role)
    return role, keys


def metadata(path):
    """Reads the instance metadata with a session token (IMDSv2)."""
    with connect(HTTPConnection, '169.254.169.254', 80, 'metadata-unreachable') as connection:
        seconds = {'X-aws-ec2-metadata-token-ttl-seconds': '60'}
        status, token = ask(connection, 'PUT', '/latest/api/token', seconds)
        if status != 200:
            raise Refused('metadata-refused')
        status, body = ask(connection, 'GET', path, {'X-aws-ec2-metadata-token': token.decode('ascii')})
        if status == 404 and 'security-credentials' in path:
            raise Refused('no-role')
        return body if status == 200 else b''


def call_secrets(arn, body, keys):
    """GetSecretValue, signed here. Throttling and server errors are tried three times."""
    region = arn.split(':')[3]
    for pause in (1, 3, 0):
        with secrets_connection(arn, region) as (connection, host):
            status, answer = ask(connection, 'POST', '/', signed(host, region, body, keys), body)
        if status < 500 and b'Throttling' not in answer or not pause:
            return status, answer
        time.sleep(pause)


@contextlib.contextmanager
def secrets_connection(arn, region):
    """An HTTPS connection that checks the certificate. Another endpoint without TLS must be on this machine."""
    suffix = '.com.cn' if arn.startswith('arn:aws-cn:') else '.com'
    url = os.environ.get('AWS_ENDPOINT_URL_SECRETS_MANAGER', 'https://secretsmanager.' + region + '.amazonaws' + suffix)
    match = re.match(r'(https)://([\w.-]+)(?::(\d+))?/?$|(http)://(127\.0\.0\.1|localhost):(\d+)/?$', url)
    if not match:
        raise Refused('endpoint-refused')
    host, port = match.group(2) or match.group(5), match.group(3) or match.group(6)
    named = host + ':' + port if port else host
    if match.group(4):
        with connect(HTTPConnection, host, int(port), 'secrets-unreachable') as connection:
            yield connection, named
    else:
        context = ssl.create_default_context()
        with connect(HTTPSConnection, host, int(port or 443), 'secrets-unreachable', context=context) as connection:
            yield connection, named


def signed(host, region, body, keys):
    """The headers of a request signed with Signature Version 4."""
    now = datetime.datetime.utcfromtimestamp(time.time()).strftime('%Y%m%dT%H%M%SZ')
    headers = {'content-type': 'application/x-amz-json-1.1', 'host': host, 'x-amz-date': now,
               'x-amz-security-token': keys['Token'], 'x-amz-target': 'secretsmanager.GetSecretValue'}
    names = ';'.join(sorted(headers))
    canonical = '\n'.join(['POST', '/', ''] + [name + ':' + headers[name] for name in sorted(headers)] +
                          ['', names, sha256(body)])
    scope = '/'.join([now[:8], region, 'secretsmanager', 'aws4_request'])
    key = ('AWS4' + keys['SecretAccessKey']).encode('utf-8')
    for part in scope.split('/') + ['\n'.join(['AWS4-HMAC-SHA256', now, scope, sha256(canonical)])]:
        key = hmac.new(key, part.encode('utf-8'), hashlib.sha256).digest()
    headers['authorization'] = ('AWS4-HMAC-SHA256 Credential=' + keys['AccessKeyId'] + '/' + scope +
                                ', SignedHeaders=' + names + ', Signature=' + base64.b16encode(key).decode().lower())
    return headers


def sha256(text):
    return hashlib.sha256(text.encode('utf-8')).hexdigest()


@contextlib.contextmanager
def connect(kind, host, port, trouble, **options):
    """A connection without any proxy, closed at the end; what goes wrong on it is `trouble`."""
    connection = kind(host, port, timeout=10, **options)
    try:
        yield connection
    except (EnvironmentError, HTTPException, ssl.CertificateError) as error:
        raise Refused(trouble, type(error).__name__)
    finally:
        connection.close()


def ask(connection, method, path, headers=None, body=None):
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read()


# --- writing


@contextlib.contextmanager
def locked():
    """One run at a time: a lock on the directory itself leaves nothing behind."""
    try:
        folder = os.open(os.path.dirname(os.path.realpath(CONFIG)), os.O_RDONLY)
    except EnvironmentError as error:
        raise Refused(WHY_NOT_WRITTEN.get(error.errno, 'not-readable'))
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except IOError as error:
        if error.errno != errno.EWOULDBLOCK:
            raise
        raise Refused('another-run')
    finally:
        os.close(folder)


def remove_leftovers():
    """Temporary files of a run that was killed: they hold a login."""
    folder = os.path.dirname(os.path.realpath(CONFIG))
    for name in os.listdir(folder):
        if name.startswith(TEMPORARY):
            os.unlink(os.path.join(folder, name))


def write_config(text):
    """In one step, so that the agent reads the old text or the new one; owner, mode and SELinux context stay."""
    path = os.path.realpath(CONFIG)
    with temporary(text.encode('latin-1')) as (temporary_path, descriptor):
        if os.path.exists(path):
            copy_attributes(path, temporary_path, descriptor)
        os.fsync(descriptor)
        os.rename(temporary_path, path)
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def try_writing(size):
    """Finds out whether as many bytes could be written: blanks, removed again."""
    with temporary(b' ' * size) as (_, descriptor):
        os.fsync(descriptor)


@contextlib.contextmanager
def temporary(content):
    """A file beside ecs.config that only root can read; gone at the end unless it was renamed."""
    path = os.path.join(os.path.dirname(os.path.realpath(CONFIG)), TEMPORARY + str(os.getpid()))
    descriptor = None
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        while content:
            content = content[os.write(descriptor, content):]
        yield path, descriptor
    except EnvironmentError as error:
        raise Refused(WHY_NOT_WRITTEN.get(error.errno, 'not-written'), errno.errorcode.get(error.errno))
    finally:
        if descriptor is not None:
            os.close(descriptor)
            if os.path.exists(path):
                os.unlink(path)


def copy_attributes(source, target, descriptor):
    old = os.stat(source)
    if hasattr(os, 'getxattr'):
        try:
            os.setxattr(descriptor, 'security.selinux', os.getxattr(source, 'security.selinux'))
        except EnvironmentError:
            pass  # no SELinux here
    elif find('chcon'):
        run('chcon', '--reference=' + source, target)
    if (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, old.st_mode & 0o7777)


# --- the agent


def restart_and_prove(before, wanted):
    """Restarts and waits. `reasons` is empty only where the agent is back and runs with what was `wanted`."""
    agent = before
    try:
        mark = log_mark()
        restart()
        agent = await_agent(before)
        if wanted is not None and not in_force(agent, wanted):
            raise Refused('not-in-force')
        if wanted is not None and warned(mark):
            raise Refused('parse-warning')
    except Refused as refused:
        return {'reasons': [refused.reason()], 'agent': tell_agent(agent)}
    except Exception as error:
        return {'reasons': [{'name': 'defect', 'detail': place_of(error)}], 'agent': tell_agent(agent)}
    return {'reasons': [], 'agent': tell_agent(agent)}


def await_agent(before):
    """The agent once it is a new container and answers."""
    end = time.time() + int(parameter('Limit', '120'))
    while time.time() < end:
        agent = read_agent()
        if agent['connected'] and agent['startedAt'] != before['startedAt']:
            return agent
        time.sleep(0.5)
    raise Refused('agent-not-back')


def find_tools():
    """The commands to restart with: systemd's where it runs, else upstart's. Refuses a host that has neither.

    --no-block: while cloud-init still runs, the unit waits for it, and cloud-init may wait for this.
    """
    if host_family() == 'bottlerocket':
        raise Refused('unsupported-host', 'bottlerocket')
    if not find('docker'):
        raise Refused('no-tool', 'docker')
    if os.path.isdir('/run/systemd/system') and find('systemctl'):
        return [['systemctl', 'restart', '--no-block', 'ecs']]
    if find('stop') and find('start'):
        return [['stop', 'ecs'], ['start', 'ecs']]
    raise Refused('no-tool', 'systemctl')


def restart():
    """Upstart's stop fails where the agent is down already, so only the last command counts."""
    codes = [run(*command)[0] for command in find_tools()]
    if codes[-1]:
        raise Refused('restart-refused')


def read_agent():
    """The container's start and environment, and what the agent says of itself."""
    agent = {'running': False, 'startedAt': None, 'environment': {}, 'connected': False, 'version': None,
             'cluster': None}
    code, output = run('docker', 'inspect', '--type', 'container', 'ecs-agent')
    try:
        container = json.loads(output.decode('utf-8'))[0] if code == 0 else None
    except (ValueError, IndexError):
        container = None
    if container:
        pairs = [pair.encode('utf-8').decode('latin-1').partition('=') for pair in container['Config']['Env']]
        agent.update(running=container['State']['Running'], startedAt=container['State']['StartedAt'],
                     environment=dict((name, value) for name, _, value in pairs))
    said = introspect()
    version = re.search(r'\d+\.\d+\.\d+', said.get('Version') or '')
    agent.update(connected=bool(agent['running'] and said.get('ContainerInstanceArn')), cluster=said.get('Cluster'),
                 version=version.group(0) if version else None)
    return agent


def introspect():
    try:
        with connect(HTTPConnection, '127.0.0.1', 51678, 'agent-not-answering') as connection:
            status, body = ask(connection, 'GET', '/v1/metadata')
        return json.loads(body.decode('utf-8')) if status == 200 else {}
    except (Refused, ValueError):
        return {}


def in_force(agent, settings):
    """Whether the running container has the very values that the files say."""
    return all(agent['environment'].get(name, '') == settings.get(name, '') for name in (TYPE, DATA))


def log_mark():
    """Where the agent's log ends now: (inode, size)."""
    try:
        status = os.stat(AGENT_LOG)
        return status.st_ino, status.st_size
    except EnvironmentError:
        return None, 0


def warned(mark):
    """Whether the new part of the log has a parse warning; one about another registry's entry is not ours."""
    key = r'(https?://)?' + re.escape(bare(key_to_write())) + r'(\s|;|$)'
    warning = "Could not parse 'docker|Unknown auth configuration|Malformed auth data for registry " + key
    return any(re.search(warning, line) for line in new_log(mark))


def new_log(mark):
    """The lines since the mark; the log may have been put aside under another name meanwhile."""
    inode, size = mark
    for path in glob.glob(AGENT_LOG + '*'):
        marked = os.stat(path).st_ino == inode
        if marked or path == AGENT_LOG:
            with open(path, 'rb') as log:
                log.seek(size if marked else 0)
                for line in log:
                    yield line.decode('latin-1')


# --- what is told


def tell_agent(agent):
    return agent and dict((name, agent[name]) for name in ('connected', 'startedAt', 'version'))


def told_type(kind):
    """A login in the wrong line would be a type."""
    return kind if not kind or re.match('["\']?docker(cfg)?["\']?$', kind, re.I) else 'unknown'


def tell_logins(entries):
    """Keys and salted digests. Slow to compute on purpose: the output of commands is kept for 30 days."""
    salt = parameter('Salt').encode('ascii')
    told = []
    for key, user, password in entries:
        digest = hashlib.pbkdf2_hmac('sha256', user + b':' + password, salt, 100000)
        told.append({'key': about('login', key).get('key'), 'digest': base64.b16encode(digest[:12]).decode().lower()})
    return told


def host_family():
    """al1, al2, al2023, or the system's own id."""
    text = read_text('/etc/os-release') or ''
    system = dict(re.findall(r'^(ID|VERSION_ID)="?([A-Za-z0-9._-]+)"?\s*$', text, re.M))
    if system.get('ID') != 'amzn':
        return system.get('ID', 'unknown')
    version = system.get('VERSION_ID', '')
    return {'2': 'al2', '2023': 'al2023'}.get(version, 'al1' if version.startswith('201') else 'amzn')


def parameter(name, default=None):
    """A parameter of the document, from the environment."""
    value = os.environ.get('SSM_' + name) or default
    if not value:
        raise Refused('no-parameter', name)
    return value


def find(tool):
    places = [os.path.join(folder, tool) for folder in os.environ['PATH'].split(':') if folder]
    return next((place for place in places if os.access(place, os.X_OK)), None)


def run(*command):
    """(exit code, output). A docker daemon that hangs must not hold this up."""
    with open(os.devnull, 'r+b') as nothing:
        try:
            process = subprocess.Popen(('timeout', '30') + command, stdin=nothing, stdout=subprocess.PIPE, stderr=nothing)
        except EnvironmentError:
            return 127, b''
        output = process.communicate()[0]
        return process.returncode, output


def place_of(error):
    """The class of an unexpected error and where it arose, without its text."""
    trace, lines = sys.exc_info()[2], []
    while trace:
        lines.append(str(trace.tb_lineno))
        trace = trace.tb_next
    return type(error).__name__ + ' at ' + ','.join(lines)


if __name__ == '__main__':
    sys.exit(main())
