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


