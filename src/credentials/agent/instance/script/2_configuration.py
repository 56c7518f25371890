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


