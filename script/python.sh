#!/usr/bin/env bash
# Finds a Python that can run the scripts (3.11 or newer) and hands the command over to script/machine.

run_machine() {
  local root python candidate
  root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
  for candidate in "$root/.venv/bin/python3" python3 python3.13 python3.12 python3.11 python3.14; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      python="$candidate"
      break
    fi
  done
  if [ -z "${python:-}" ]; then
    echo "Python 3.11 or newer is needed and none was found (on Debian 12 and Ubuntu 24.04: apt-get install python3)." >&2
    exit 1
  fi
  exec "$python" "$root/script/machine" "$@"
}
