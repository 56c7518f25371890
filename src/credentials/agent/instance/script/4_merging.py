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


