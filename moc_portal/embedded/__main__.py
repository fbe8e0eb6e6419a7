"""`python -m moc_portal.embedded serve`, and `… manage COMMAND` against the same database."""

import os
import subprocess
import sys

from moc_portal.embedded.folder import FolderError, Secrets, open_folder
from moc_portal.embedded.postgres import ServerError, running_server
from moc_portal.embedded.serve import BASE_DIR, StartError, data_folder, serve, set_environment, start_database


def manage(arguments: list[str]) -> int:
    """Run a management command on the development database, whether or not the portal runs."""
    folder = data_folder()
    if not folder.exists():
        os.close(open_folder(folder))
    keys = Secrets.of(folder)
    running = running_server(folder / "postgres", password=keys.postgres)
    server = running
    if server is None:
        open_folder(folder)
        server = start_database(folder, keys)
    set_environment(server, keys, host="127.0.0.1", port=int(os.environ.get("PORT") or "8000"))
    try:
        return subprocess.run([sys.executable, str(BASE_DIR / "manage.py"), *arguments], check=False).returncode
    finally:
        if running is None:
            server.stop()


def main(arguments: list[str]) -> int:
    if arguments == ["serve"]:
        return serve()
    if arguments[:1] == ["manage"]:
        return manage(arguments[1:])
    print("usage: python -m moc_portal.embedded serve | manage COMMAND …", file=sys.stderr)
    return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (StartError, FolderError, ServerError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
