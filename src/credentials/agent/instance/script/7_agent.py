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


