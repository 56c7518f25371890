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


