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


