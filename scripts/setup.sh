# Sourced by the scripts beside it: finds Python, makes the environment, keeps it at the pins.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
VENV="${HANDBACK_VENV:-.venv}"

stop() { # one clear sentence, and out
    printf '%s: %s\n' "$(basename "$0")" "$1" >&2
    exit 1
}

find_python() {
    local candidate
    for candidate in ${HANDBACK_PYTHON:-python3.14 python3.13 python3.12 python3.11 python3}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    stop "Python 3.11 or newer is needed and was not found; on Debian 12: apt-get install python3 python3-venv"
}

need_chromium() { # the browser journeys want one; root on Debian gets it, anyone else is told
    local packages="chromium fonts-noto-cjk"
    if command -v chromium >/dev/null; then return; fi
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        stop "Chromium is needed for the tests of the pages and was not found; on Debian 12: apt-get install $packages"
    fi
    echo "Installing $packages for the tests of the pages (once) …" >&2
    # shellcheck disable=SC2086
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages; } \
        >/dev/null 2>&1 || stop "apt-get could not install $packages; without them the tests of the pages cannot run"
}

need_strace() { # a test watches which system calls make a photo durable
    if command -v strace >/dev/null; then return; fi
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        stop "strace is needed for the test of durability and was not found; on Debian 12: apt-get install strace"
    fi
    echo "Installing strace for the test of durability (once) …" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends strace; } \
        >/dev/null 2>&1 || stop "apt-get could not install strace; without it the test of durability cannot run"
}

need_node() { # a test sends photos by tus-js-client, the bench by a peer's packages, in an ignored folder
    local client="${1:-tests/journeys/tus_js}" wanted
    if ! has_node; then
        if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
            stop "Node 18 or newer and npm are needed for a test of uploads; on Debian 12: apt-get install nodejs npm"
        fi
        echo "Installing nodejs and npm for a test of uploads (once) …" >&2
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm; } \
            >/dev/null 2>&1 || stop "apt-get could not install nodejs and npm; without them a test of uploads cannot run"
        has_node || stop "Node 18 or newer is needed for a test of uploads; apt-get brought $(node --version)"
    fi
    wanted="$(sha256sum <"$client/package-lock.json")"
    if [ "$(cat "$client/node_modules/.installed" 2>/dev/null)" = "$wanted" ]; then return; fi
    (cd "$client" && npm ci --no-audit --no-fund --loglevel=error >/dev/null) ||
        stop "npm ci could not install the packages of $client; without them uploads cannot be tried"
    echo "$wanted" >"$client/node_modules/.installed"
}

has_node() { command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null; }

make_environment() { # of a requirements file; nothing is done while its pins have not changed
    local lock="$1" python stamp wanted
    stamp="$VENV/.installed-$lock"
    wanted="$(cat requirements.txt "$lock" | sha256sum)"
    if [ -x "$VENV/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    python="$(find_python)" || exit 1
    if [ ! -x "$VENV/bin/python" ]; then
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            stop "$python has no venv module; on Debian 12: apt-get install python3-venv"
        mkdir -p "$VENV" 2>/dev/null && [ -w "$VENV" ] ||
            stop "cannot write to $VENV; make the folder writable or name another by HANDBACK_VENV"
        "$python" -m venv "$VENV" 2>/dev/null ||
            stop "cannot make an environment in $VENV; delete that folder and try again"
    fi
    echo "Installing what $lock pins into $VENV (once; a minute or two) …" >&2
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -r "$lock" \
        >"$VENV/install.log" 2>&1 || stop "pip could not install $lock; what it said is in $VENV/install.log"
    echo "$wanted" >"$stamp"
}
