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
