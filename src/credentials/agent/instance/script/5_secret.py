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


